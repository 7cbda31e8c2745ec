//! Finds out whether a function stands in an `impl` or a trait, of which the compiler tells an attribute macro nothing.
//!
//! - It reads the source up to the attribute, and only for an attribute that does not begin its line's text at the
//!   left edge, where functions outside of any block begin.
//! - Where there is no file, it knows of no `impl`: rustc's own messages then remain.

use proc_macro2::Span;
use std::str::Chars;
use syn::{FnArg, Signature};

/// A block that holds functions which no host can call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Surroundings {
    Impl,
    Trait,
}

impl Surroundings {
    /// The innermost block around the attribute that is being expanded, if it is one of these.
    pub(crate) fn of_attribute() -> Option<Self> {
        if !proc_macro::is_available() {
            return None;
        }
        let place = Span::call_site().unwrap();
        let (line, column) = (place.line(), place.column());
        if column < 2 {
            return None;
        }
        let source = std::fs::read_to_string(place.local_file()?).ok()?;
        Self::at(&source, line, column)
    }

    /// What to write instead of a function of this signature there.
    pub(crate) fn advice(self, sig: &Signature) -> String {
        let block = match self {
            Self::Impl => "an `impl`",
            Self::Trait => "a trait",
        };
        let state = match sig.inputs.first() {
            Some(FnArg::Receiver(_)) => ", and take the state as `state: &State` or `state: &mut State`",
            _ => "",
        };
        format!(
            "`#[ffi]` goes on a free function, because hosts cannot reach what stands in {block} yet; move `{}` out of \
             it{state}",
            sig.ident
        )
    }

    /// The innermost block around a place, both of whose numbers begin at 1.
    fn at(source: &str, line: usize, column: usize) -> Option<Self> {
        let mut lines = source.split_inclusive('\n');
        let before: usize = lines.by_ref().take(line - 1).map(str::len).sum();
        let within: usize = lines.next()?.chars().take(column - 1).map(char::len_utf8).sum();
        let mut blocks = Vec::new();
        let mut head = String::new();
        let mut rest = source.get(..before + within)?.chars();
        while let Some(letter) = rest.next() {
            match letter {
                '/' if rest.as_str().starts_with(['/', '*']) => skip_comment(&mut rest),
                '"' => skip_text(&mut rest, &head),
                '\'' => skip_letter(&mut rest),
                '{' => blocks.push(std::mem::take(&mut head)),
                '}' => {
                    // A block inside of brackets, such as that of a constant argument, ends nothing.
                    let begun = blocks.pop().unwrap_or_default();
                    let is_within = rest.as_str().trim_start().starts_with(['>', ',', ')']);
                    head = if is_within { begun } else { String::new() };
                }
                ';' => head.clear(),
                other => head.push(other),
            }
        }
        Self::begun_by(blocks.last()?)
    }

    /// What the text before a `{` begins, behind attributes and modifiers.
    fn begun_by(head: &str) -> Option<Self> {
        let attributes = head.rfind("#[").and_then(|at| Some(at + head[at..].find(']')?)).unwrap_or(0);
        let mut words = head[attributes..].split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        let is_modifier = |word: &str| {
            matches!(word, "" | "pub" | "crate" | "super" | "self" | "in" | "unsafe" | "default" | "auto" | "const")
        };
        match words.find(|word| !is_modifier(word)) {
            Some("impl") => Some(Self::Impl),
            Some("trait") => Some(Self::Trait),
            Some(_) | None => None,
        }
    }
}

/// Skips a comment, whose first `/` was read.
fn skip_comment(rest: &mut Chars<'_>) {
    if rest.next() == Some('/') {
        rest.find(|&letter| letter == '\n');
        return;
    }
    let (mut depth, mut last) = (1, ' ');
    while depth > 0 {
        let Some(letter) = rest.next() else { return };
        match (last, letter) {
            ('/', '*') => (depth, last) = (depth + 1, ' '),
            ('*', '/') => (depth, last) = (depth - 1, ' '),
            (_, other) => last = other,
        }
    }
}

/// Skips a text, whose first `"` was read; what stands before says whether it is a raw one.
fn skip_text(rest: &mut Chars<'_>, head: &str) {
    let opening = head.trim_end_matches('#');
    let hashes = &head[opening.len()..];
    let is_raw = opening.ends_with('r')
        && !opening[..opening.len() - 1].ends_with(|c: char| c.is_alphanumeric() && !"bc".contains(c));
    if is_raw {
        while let Some(letter) = rest.next() {
            if letter == '"' && rest.as_str().starts_with(hashes) {
                return;
            }
        }
        return;
    }
    while let Some(letter) = rest.next() {
        match letter {
            '\\' => drop(rest.next()),
            '"' => return,
            _ => {}
        }
    }
}

/// Skips a character, whose first `'` was read, and nothing behind that of a lifetime.
fn skip_letter(rest: &mut Chars<'_>) {
    let mut ahead = rest.clone();
    match ahead.next() {
        Some('\\') => {
            ahead.next();
            ahead.find(|&letter| letter == '\'');
            *rest = ahead;
        }
        Some(_) if ahead.next() == Some('\'') => *rest = ahead,
        Some(_) | None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::Surroundings::{self, Impl, Trait};

    /// Where `#[ffi]` stands.
    fn at(source: &str) -> Option<Surroundings> {
        let place = source.find("#[ffi]").expect("it is there");
        let line = source[..place].matches('\n').count() + 1;
        let column = source[..place].rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
        Surroundings::at(source, line, column)
    }

    #[test]
    fn the_block_around_is_found() {
        assert_eq!(at("impl C { #[ffi] fn f() {} }"), Some(Impl));
        assert_eq!(
            at("impl<'a, T: X<{ 1 }>> Y for C<'a, T>\nwhere T: Z,\n{\n    fn g() { if a {} }\n\n    #[ffi]"),
            Some(Impl)
        );
        assert_eq!(
            at("use a;\n#[cfg(all(unix, x = \"{\"))]\npub(crate) unsafe trait T { const A: u8 = 1; #[ffi]"),
            Some(Trait)
        );
        assert_eq!(at("/// An impl.\nunsafe impl A for B {\n    #[a] #[b] #[ffi]"), Some(Impl));
    }

    #[test]
    fn another_block_is_none_of_these() {
        for source in [
            "#[ffi]",
            "impl C {}\nmod m {\n    #[ffi]",
            "impl C { fn f() { #[ffi]",
            "fn f() -> impl T { #[ffi]",
            "mod implementations { #[ffi]",
            "// impl C {\n  #[ffi]",
            "/* impl C { /* { */ */ #[ffi]",
            "const A: &str = \"impl C {\\\"\"; #[ffi]",
            "const A: &str = r#\"\" impl C {\"#; #[ffi]",
            "const A: &[u8] = br\"\\\"; const B: char = '{'; const C: char = '\\''; #[ffi]",
            "const A: char = '\\u{7b}'; #[ffi]",
        ] {
            assert_eq!(at(source), None, "{source}");
        }
    }
}
