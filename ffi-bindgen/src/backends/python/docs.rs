//! Makes documentation safe inside a docstring.
//!
//! Documentation is written by people and may hold Python itself. Nothing in it may end the string or
//! be read as an escape.

use crate::model::docs;

/// The lines of a docstring; `instead` where there is no documentation.
pub(super) fn docstring(docs: &str, instead: &str) -> Vec<String> {
    let mut lines: Vec<String> = docs.lines().map(harmless).collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    lines.drain(..first);
    if lines.is_empty() && !instead.is_empty() {
        lines.push(harmless(instead));
    }
    lines
}

/// One line that a docstring may hold, on that one line.
fn harmless(text: &str) -> String {
    let line = docs::line(text).replace('\\', "\\\\");
    // Three would end the string, and so would one right before its end.
    if line.contains("\"\"\"") || line.ends_with('"') { line.replace('"', "\\\"") } else { line }
}

#[cfg(test)]
mod tests {
    use super::{docstring, harmless};

    #[test]
    fn nothing_ends_the_string() {
        assert_eq!(harmless(r#"a """ b"#), r#"a \"\"\" b"#);
        assert_eq!(harmless(r#"a """"#), r#"a \"\"\""#);
        assert_eq!(harmless(r#"she said "yes""#), r#"she said \"yes\""#);
        assert_eq!(harmless(r#"she said "yes"."#), r#"she said "yes"."#);
    }

    #[test]
    fn nothing_is_an_escape() {
        assert_eq!(harmless(r"C:\new\"), r"C:\\new\\");
        assert_eq!(harmless("\\\""), "\\\\\\\"");
        assert_eq!(harmless("a\rb\u{2028}c\0d\u{202e}"), "a b c d");
    }

    #[test]
    fn there_is_always_a_line_where_one_is_wanted() {
        assert_eq!(docstring("\nOne.\n\nTwo.\n\n", "x"), ["One.", "", "Two."]);
        assert_eq!(docstring("", "A thing."), ["A thing."]);
        assert!(docstring("", "").is_empty());
    }
}
