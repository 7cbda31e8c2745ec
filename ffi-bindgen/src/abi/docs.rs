//! Makes documentation safe inside a C block comment.
//!
//! Documentation is written by people and may hold C itself. Nothing in it may end the
//! comment, continue a line, or make a compiler warn.

use crate::model::docs::{line, spaced};

/// The lines of a comment, each empty or with the space that follows the comment's star.
pub(crate) fn comment(docs: &str) -> Vec<String> {
    docs.lines().map(harmless).map(spaced).collect()
}

/// One line that a C comment may hold, on that one line.
pub(crate) fn harmless(text: &str) -> String {
    // Trigraphs come first: one may make the backslash that the last step looks for.
    let line = line(text).replace("??/", "? ?/").replace("*/", "* /").replace("/*", "/ *");
    let line = line.trim_end();
    if line.ends_with('\\') { format!("{line}.") } else { line.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{comment, harmless};

    #[test]
    fn nothing_ends_the_comment() {
        assert_eq!(harmless("a */ b /* c"), "a * / b / * c");
        assert_eq!(harmless("/*/"), "/ * /");
        assert_eq!(harmless("*\u{202e}/"), "* /");
        assert_eq!(harmless("**//"), "** //");
    }

    #[test]
    fn nothing_continues_the_line() {
        assert_eq!(harmless(r"C:\dir\"), r"C:\dir\.");
        assert_eq!(harmless(r"C:\dir\  "), r"C:\dir\.");
        assert_eq!(harmless("what??/"), "what? ?/");
        assert_eq!(harmless("a\rb\u{2028}c\0"), "a b c");
    }

    #[test]
    fn lines_keep_their_indentation_and_blank_lines_no_space() {
        assert_eq!(comment("One.\n\n    code"), [" One.", "", "     code"]);
    }
}
