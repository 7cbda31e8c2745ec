//! Makes documentation safe inside Go's line comments, and as `gofmt` wants it.

/// The lines of a comment, each empty or with the space or tab that follows the slashes.
pub(super) fn comment(docs: &str) -> Vec<String> {
    let mut lines: Vec<String> = docs.lines().map(line).collect();
    let blank = |line: &String| line.is_empty();
    while lines.last().is_some_and(blank) {
        lines.pop();
    }
    lines.drain(..lines.iter().take_while(|line| blank(line)).count());
    lines.dedup_by(|second, first| blank(second) && blank(first));
    lines
}

/// One line: what is indented like code is code, what begins like a list is one.
fn line(text: &str) -> String {
    let text = harmless(text);
    if text.is_empty() {
        return text;
    }
    if let Some(code) = text.strip_prefix("    ") {
        return format!("\t{code}");
    }
    let text = text.trim_start();
    match text.strip_prefix("- ").or_else(|| text.strip_prefix("* ")) {
        Some(item) => format!("   - {}", item.trim_start()),
        None => format!(" {text}"),
    }
}

/// One line that a comment may hold: nothing in it ends the line, reorders text, or is a build
/// constraint, which Go looks for in comments.
pub(super) fn harmless(line: &str) -> String {
    let line: String = line.chars().filter_map(visible).collect();
    let line = line.trim_end();
    let start = line.trim_start();
    if start.starts_with("+build") { line.replacen("+build", "+ build", 1) } else { line.to_owned() }
}

fn visible(c: char) -> Option<char> {
    match c {
        '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => None,
        '\u{2028}' | '\u{2029}' => Some(' '),
        c if c.is_control() => Some(' '),
        c => Some(c),
    }
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
        assert_eq!(comment("One.\n\n\n    code\n- item"), [" One.", "", "\tcode", "   - item"]);
        assert_eq!(comment("\nOne.\n"), [" One."]);
    }
}
