//! Makes documentation safe inside Go's line comments, and as `gofmt` wants it.

use crate::model::docs;

/// What a line of documentation is to `gofmt`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    Text,
    Code,
    Item,
}

/// The lines of a comment, each empty or with the space or tab that follows the slashes.
///
/// What is indented like code is code, and what begins like a list is one; where one kind ends a
/// blank line follows.
pub(super) fn comment(docs: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut last = Kind::Blank;
    for text in docs.lines() {
        let (kind, text) = if last == Kind::Item { in_item(text) } else { line(text) };
        if kind != last && kind != Kind::Blank && last != Kind::Blank {
            lines.push(String::new());
        }
        if kind != Kind::Blank || last != Kind::Blank {
            lines.push(text);
        }
        last = kind;
    }
    if last == Kind::Blank {
        lines.pop();
    }
    lines
}

/// A line after an item of a list, which goes on where it is indented.
fn in_item(text: &str) -> (Kind, String) {
    match line(text) {
        (Kind::Text | Kind::Code, _) if text.starts_with("  ") => {
            (Kind::Item, format!("     {}", harmless(text).trim_start()))
        }
        other => other,
    }
}

fn line(text: &str) -> (Kind, String) {
    let text = harmless(text);
    if text.is_empty() {
        return (Kind::Blank, text);
    }
    if let Some(code) = text.strip_prefix("    ") {
        return (Kind::Code, format!("\t{code}"));
    }
    let text = text.trim_start();
    match text.strip_prefix("- ").or_else(|| text.strip_prefix("* ")) {
        Some(item) => (Kind::Item, format!("   - {}", item.trim_start())),
        None => (Kind::Text, format!(" {text}")),
    }
}

/// One line that a comment may hold: nothing in it ends the line, reorders text, or is a build
/// constraint, which Go looks for in comments.
fn harmless(text: &str) -> String {
    let line = docs::line(text);
    let start = line.trim_start();
    if start.starts_with("+build") { line.replacen("+build", "+ build", 1) } else { line }
}

#[cfg(test)]
mod tests {
    use super::{comment, harmless};

    #[test]
    fn nothing_ends_the_line_or_steers_the_build() {
        assert_eq!(harmless("a\r\u{2028}\0b"), "a   b");
        assert_eq!(harmless("+build ignore"), "+ build ignore");
        assert_eq!(harmless("\u{202e}+build ignore "), "+ build ignore");
        assert_eq!(harmless("\u{feff}x"), "x");
    }

    #[test]
    fn lines_are_as_gofmt_writes_them() {
        assert_eq!(comment("One.\n\n\n    code\n- item"), [" One.", "", "\tcode", "", "   - item"]);
        assert_eq!(comment("- one\n  more\n* two\nText"), ["   - one", "     more", "   - two", "", " Text"]);
        assert_eq!(comment("\nOne.\n"), [" One."]);
    }
}
