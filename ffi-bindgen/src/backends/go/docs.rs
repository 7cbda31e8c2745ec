//! Makes documentation safe inside Go's line comments, and as `gofmt` writes it.
//!
//! - `gofmt` reads a comment as blocks, and writes each in one way (`go/doc/comment`). The blocks here are its blocks, so
//!   that it finds nothing to change, whatever stands before and after them.
//! - Authors write Markdown: fenced and indented code, headings of any level, and lists become those of Go.
//! - What `gofmt` would take for something else than the author gets another spelling: see [`prose`].

mod list;
mod prose;

use crate::model::docs;
use list::{List, marker};
use prose::{harmless, prose};

/// A part of a comment, with a blank line before the next.
enum Block {
    Paragraph(Vec<String>),
    Heading(String),
    Code(Vec<String>),
    List(List),
}

/// The lines of a comment, each empty or with the space or tab that follows the slashes.
pub(super) fn comment(docs: &str) -> Vec<String> {
    let blocks = merged(read(docs));
    let is_flush = |block: &Block| matches!(block, Block::Paragraph(_) | Block::Heading(_));
    // gofmt removes an indentation that all lines have.
    let blocks = if blocks.iter().any(is_flush) { blocks } else { blocks.into_iter().flat_map(flush).collect() };
    let mut lines = Vec::new();
    for (place, block) in blocks.into_iter().enumerate() {
        if place > 0 {
            lines.push(String::new());
        }
        match block {
            Block::Paragraph(text) => lines.extend(prose::paragraph(text, place > 0)),
            Block::Heading(text) => lines.push(format!(" # {text}")),
            Block::Code(code) => lines.extend(code.into_iter().map(indented)),
            Block::List(list) => lines.extend(list.lines()),
        }
    }
    lines
}

/// The documentation as one line of a paragraph.
pub(super) fn sentence(docs: &str) -> String {
    let lines: Vec<String> = docs.lines().map(|line| prose(&docs::line(line))).filter(|it| !it.is_empty()).collect();
    lines.join(" ")
}

fn indented(code: String) -> String {
    if code.is_empty() { code } else { format!("\t{code}") }
}

/// The blocks that the author wrote.
fn read(docs: &str) -> Vec<Block> {
    let (mut blocks, mut is_new, mut fenced) = (Vec::new(), true, false);
    for line in docs.lines().map(one_line) {
        let (text, indentation) = (line.trim(), line.len() - line.trim_start_matches(' ').len());
        if text.starts_with("```") || text.starts_with("~~~") {
            (fenced, is_new) = (!fenced, true);
            if fenced {
                blocks.push(Block::Code(Vec::new()));
            }
            continue;
        }
        match blocks.last_mut() {
            Some(Block::Code(code)) if fenced || (!is_new && (indentation >= 4 || text.is_empty())) => code.push(line),
            Some(Block::List(list)) if text.is_empty() || indentation >= 2 || list.has(text) => list.feed(text),
            _ if text.is_empty() => is_new = true,
            Some(Block::Paragraph(lines)) if !is_new && is_plain(text) && indentation < 4 => lines.push(prose(text)),
            _ => {
                blocks.push(begun(line, indentation));
                is_new = false;
            }
        }
    }
    blocks
}

/// One line, with the tabs in front of it as wide as Markdown has them.
fn one_line(line: &str) -> String {
    let rest = line.trim_start_matches('\t');
    harmless(&docs::line(&format!("{}{rest}", "    ".repeat(line.len() - rest.len()))))
}

fn begun(line: String, indentation: usize) -> Block {
    let text = line.trim();
    match heading(text) {
        _ if indentation >= 4 => Block::Code(vec![line]),
        Some(heading) => Block::Heading(heading.to_owned()),
        None if is_plain(text) => Block::Paragraph(vec![prose(text)]),
        None => Block::List(List::new(text)),
    }
}

/// Whether a line is neither a heading nor begins a list.
fn is_plain(text: &str) -> bool {
    heading(text).is_none() && marker(text).is_none_or(|(number, _)| number.is_some())
}

/// The text of a heading.
fn heading(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches('#');
    let is_heading = (1..=6).contains(&(text.len() - rest.len())) && rest.starts_with(' ');
    is_heading.then(|| rest.trim())
}

/// The blocks as gofmt tells them apart: what is indented goes on up to the next line that is not.
fn merged(blocks: Vec<Block>) -> Vec<Block> {
    let mut merged: Vec<Block> = Vec::new();
    for block in blocks.into_iter().filter_map(tidy) {
        match (merged.last_mut(), block) {
            (Some(Block::Code(before)), Block::Code(code)) => {
                before.push(String::new());
                before.extend(code);
            }
            (Some(Block::Code(before)), Block::List(list)) => {
                before.push(String::new());
                before.extend(list.plain());
            }
            (Some(Block::List(before)), Block::Code(code)) => {
                before.feed("");
                code.iter().for_each(|line| before.feed(line.trim()));
            }
            (Some(Block::List(before)), Block::List(list)) => {
                before.feed("");
                list.plain().iter().for_each(|line| before.feed(line.trim()));
            }
            (_, block) => merged.push(block),
        }
    }
    merged
}

/// Code without the blank lines around it and the indentation of all of it; code that begins like a list is one.
fn tidy(block: Block) -> Option<Block> {
    let Block::Code(mut code) = block else { return Some(block) };
    let first = code.iter().position(|line| !line.is_empty())?;
    let end = code.iter().rposition(|line| !line.is_empty())?;
    code.truncate(end + 1);
    code.drain(..first);
    let depth = |line: &String| line.len() - line.trim_start_matches(' ').len();
    let shared = code.iter().filter(|line| !line.is_empty()).map(depth).min().unwrap_or(0);
    let code: Vec<String> = code.iter().map(|line| line.get(shared..).unwrap_or_default().to_owned()).collect();
    if marker(code[0].trim()).is_none() {
        return Some(Block::Code(code));
    }
    let mut list = List::new(code[0].trim());
    code[1..].iter().for_each(|line| list.feed(line.trim()));
    Some(Block::List(list))
}

/// A block without its indentation.
fn flush(block: Block) -> Vec<Block> {
    let lines = match block {
        Block::Paragraph(_) | Block::Heading(_) => return vec![block],
        Block::Code(code) => code,
        Block::List(list) => list.plain(),
    };
    let paragraphs = lines.split(|line| line.trim().is_empty()).filter(|lines| !lines.is_empty());
    let block = |lines: &[String]| match heading(lines[0].trim()).filter(|_| lines.len() == 1) {
        Some(heading) => Block::Heading(heading.to_owned()),
        None => Block::Paragraph(lines.iter().map(|line| prose(line)).collect()),
    };
    paragraphs.map(block).collect()
}

#[cfg(test)]
mod tests {
    use super::{comment, sentence};

    #[test]
    fn blocks_are_as_gofmt_writes_them() {
        assert_eq!(comment("One.\n\n\n    code\n- item"), [" One.", "", "\tcode", "", "\t- item"]);
        assert_eq!(
            comment("One.\n- one\n  more\n* two\n\n      deep\nText"),
            [" One.", "", "   - one", "     more", "", "   - two", "", "     deep", "", " Text."]
        );
        assert_eq!(comment("\nOne.\n"), [" One."]);
        assert_eq!(comment("One.\n# Errors\nTwo."), [" One.", "", " # Errors", "", " Two."]);
        assert_eq!(comment("One.\n```rust\n  a\n\n    b''\n```"), [" One.", "", "\ta", "", "\t  b''"]);
    }

    #[test]
    fn nothing_but_indented_lines_loses_the_indentation() {
        assert_eq!(comment("- one\n- two"), [" - one", " - two"]);
        assert_eq!(comment("\tcode\n\t  more"), [" code", " more"]);
    }

    #[test]
    fn a_paragraph_is_no_heading() {
        assert_eq!(comment("Title\n\nSecond line\n\nThe end"), [" Title", "", " Second line.", "", " The end."]);
    }

    #[test]
    fn a_parameter_is_told_in_one_line() {
        assert_eq!(sentence("its kind\n\n    and ``more``\n"), "its kind and `more`");
    }
}
