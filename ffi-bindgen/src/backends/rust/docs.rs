//! Makes documentation safe in Rust's line comments.

use crate::model::docs::{line, spaced};

/// The lines of a documentation comment, each empty or with the space that follows the slashes; `absent` where
/// there is no documentation.
pub(super) fn comment(docs: &str, absent: &str) -> Vec<String> {
    let docs = if docs.trim().is_empty() { absent } else { docs };
    docs.lines().map(line).map(spaced).collect()
}

#[cfg(test)]
mod tests {
    use super::comment;

    #[test]
    fn a_line_stays_one_line() {
        assert_eq!(comment("a\rb\u{2028}c\0d\u{202e}e \n\n    code", ""), [" a b c de", "", "     code"]);
    }

    #[test]
    fn what_is_not_documented_says_what_it_is() {
        assert_eq!(comment(" \n", "The field `x`."), [" The field `x`."]);
    }
}
