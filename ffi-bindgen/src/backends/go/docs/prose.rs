//! Spells text so that neither Go nor `gofmt` takes it for something else.

/// One line of text, without its indentation.
///
/// - Two quotes of one kind side by side would become typographic ones: backticks become one, and `''`, the empty text
///   of many languages, gets typographic quotes that belong together.
/// - A link's target would be moved to the end of the comment.
pub(super) fn prose(line: &str) -> String {
    let mut text = line.trim().replace("''", "‘’");
    while text.contains("``") {
        text = text.replace("``", "`");
    }
    let is_target = text.starts_with('[') && text.contains("]:") && text.contains("://");
    if is_target { text.replace("]:", "] :") } else { text }
}

/// The lines of a paragraph. One line alone that is neither the first of the comment nor ends like a sentence would
/// become a heading.
pub(super) fn paragraph(mut lines: Vec<String>, is_later: bool) -> Vec<String> {
    if let ([line], true) = (&mut lines[..], is_later)
        && is_like_heading(line)
    {
        line.push('.');
    }
    lines.into_iter().map(|line| format!(" {line}")).collect()
}

fn is_like_heading(line: &str) -> bool {
    let never = ";:!?+*/=[]{}_^°&§~%#@<\">\\";
    line.starts_with(char::is_uppercase)
        && line.ends_with(char::is_alphanumeric)
        && !line.contains(|c| never.contains(c))
}

/// One line that is no build constraint, which Go looks for in comments.
pub(super) fn harmless(line: &str) -> String {
    if line.trim_start().starts_with("+build") { line.replacen("+build", "\\+build", 1) } else { line.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{harmless, paragraph, prose};

    #[test]
    fn nothing_steers_the_build() {
        assert_eq!(harmless("  +build ignore"), "  \\+build ignore");
        assert_eq!(harmless("a +build"), "a +build");
    }

    #[test]
    fn quotes_stay_what_they_are() {
        assert_eq!(prose("as ``a`b`` is"), "as `a`b` is");
        assert_eq!(prose("the empty text ''"), "the empty text ‘’");
        assert_eq!(prose("'''````"), "‘’'`");
        assert_eq!(prose("\"a\" it's 'b' `c`"), "\"a\" it's 'b' `c`");
    }

    #[test]
    fn the_target_of_a_link_stays_where_it_is() {
        assert_eq!(prose("[a]: https://a.example"), "[a] : https://a.example");
        assert_eq!(prose("[a]: b"), "[a]: b");
    }

    #[test]
    fn only_what_gofmt_takes_for_a_heading_changes() {
        let of = |line: &str| paragraph(vec![line.to_owned()], true).concat();
        assert_eq!(
            ["One line", "one line", "One; line", "One."].map(of),
            [" One line.", " one line", " One; line", " One."]
        );
    }
}
