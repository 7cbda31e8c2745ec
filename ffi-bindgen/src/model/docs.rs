//! Splits documentation into lines that stay lines, whatever its author wrote.

/// One line without what breaks it, reorders it (compilers take that for an attack) or is no text.
pub(crate) fn line(text: &str) -> String {
    text.chars().filter_map(visible).collect::<String>().trim_end().to_owned()
}

/// What follows a comment's mark: nothing, or a space and the line.
pub(crate) fn spaced(line: String) -> String {
    if line.is_empty() { line } else { format!(" {line}") }
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
    use super::{line, spaced};

    #[test]
    fn a_line_stays_one_line() {
        assert_eq!(line("a\rb\u{2028}c\0d\u{202e}e \u{feff}\n"), "a b c de");
        assert_eq!((spaced(line("  code")), spaced(line(" \t"))), ("   code".to_owned(), String::new()));
    }
}
