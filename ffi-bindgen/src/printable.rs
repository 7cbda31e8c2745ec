//! Makes text of others safe for a terminal.

/// Text that a terminal only shows: whatever else it would do with a character, or has the reader see in another
/// order, stands there escaped. Lines and tabs stay.
///
/// ```
/// assert_eq!(ffi_bindgen::printable("1.0\u{1b}[31m\r\n"), "1.0\\u{1b}[31m\n");
/// ```
pub fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    // What ends a line elsewhere ends one here.
    for c in text.replace("\r\n", "\n").chars() {
        if is_printable(c) { shown.push(c) } else { shown.extend(c.escape_unicode()) }
    }
    shown
}

/// Whether a terminal only shows a character, or begins a line or a column with it.
pub fn is_printable(c: char) -> bool {
    match c {
        '\n' | '\t' => true,
        // What breaks a line, and marks and overrides of direction.
        '\u{2028}' | '\u{2029}' | '\u{feff}' => false,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => false,
        c => !c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn what_a_terminal_acts_on_is_escaped() {
        assert_eq!(printable("a\u{1b}]0;x\u{7}b"), "a\\u{1b}]0;x\\u{7}b");
        assert_eq!(printable("a\u{9b}2J\u{7f}\rb"), "a\\u{9b}2J\\u{7f}\\u{d}b");
        assert_eq!(printable("a\u{202e}b\u{2028}"), "a\\u{202e}b\\u{2028}");
        assert_eq!(printable("größe\tå 漢\n"), "größe\tå 漢\n");
    }
}
