//! Makes documentation safe in Rust's line comments.

/// The lines of a documentation comment, each empty or with the space that follows the slashes; what there is none
/// of is documented as `absent`.
pub(super) fn comment(docs: &str, absent: &str) -> Vec<String> {
    let docs = if docs.trim().is_empty() { absent } else { docs };
    docs.lines().map(harmless).map(|line| if line.is_empty() { line } else { format!(" {line}") }).collect()
}

/// One line that a comment may hold, on that one line.
fn harmless(line: &str) -> String {
    let line: String = line.chars().filter_map(visible).collect();
    line.trim_end().to_owned()
}

/// Drops what reorders text (rustc refuses it), spaces out other controls.
fn visible(c: char) -> Option<char> {
    match c {
        '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        '\u{2028}' | '\u{2029}' => Some(' '),
        c if c.is_control() => Some(' '),
        c => Some(c),
    }
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
