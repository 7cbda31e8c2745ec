//! The grammar of every name that leaves Rust.
//!
//! ```text
//! library   L           = identifier                    my_timer
//! function  F           = L "_" identifier              my_timer_echo; the prefix comes by itself
//! CBOR entry point      = F "_cbor"                     my_timer_echo_cbor
//! library's own         = L "_ffi_" ("call_cbor" | "schema" | "abi_hash" | "last_error" | …)
//! event     E           = identifier                    on_echo_fired
//! its record            = its function in PascalCase    OnEchoFired
//! type, field, variant, parameter = identifier
//! identifier            = [A-Za-z_][A-Za-z0-9_]*
//! ```

use crate::errors::Errors;
use crate::options::Options;
use proc_macro2::Span;
use quote::ToTokens;
use syn::{Ident, LitStr, ext::IdentExt};

/// What ends the symbol of a function's CBOR entry point.
pub(crate) const CBOR_SUFFIX: &str = "_cbor";

/// A name as C and the wire see it, with the tokens that a message about it points at.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) span: Span,
}

impl Name {
    /// The name of an item: its own without `r#`, or as `rename` or `rename_all` say.
    pub(crate) fn of(ident: &Ident, options: &mut Options, case: Option<Case>, errors: &Errors) -> Self {
        check_reserved(ident, errors);
        if let Some(rename) = options.text("rename", errors) {
            check_identifier(&rename.value(), rename.span(), "choose another", errors);
            return Self { text: rename.value(), span: rename.span() };
        }
        let plain = ident.unraw().to_string();
        let text = case.map_or(plain.clone(), |case| case.apply(&plain));
        check_identifier(&text, ident.span(), "write `#[ffi(rename = \"…\")]`", errors);
        Self { text, span: ident.span() }
    }
}

impl ToTokens for Name {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        LitStr::new(&self.text, self.span).to_tokens(tokens);
    }
}

/// Notes a name that generated code has for itself, so that the two never meet.
pub(crate) fn check_reserved(ident: &Ident, errors: &Errors) {
    if ident.unraw().to_string().starts_with("__") {
        errors.add(ident, "a name that begins with `__` is kept for generated code and for C; choose another");
    }
}

/// Notes a name that C cannot spell, and what to do about it.
pub(crate) fn check_identifier(text: &str, span: Span, advice: &str, errors: &Errors) {
    let mut bytes = text.bytes();
    let begins = bytes.next().is_some_and(|byte| byte == b'_' || byte.is_ascii_alphabetic());
    if !begins || !bytes.all(|byte| byte == b'_' || byte.is_ascii_alphanumeric()) {
        let message = format!("`{text}` is no name in C, which has ASCII letters, digits and `_`; {advice}");
        errors.push(syn::Error::new(span, message));
    }
}

/// The library in `library = "…"`.
pub(crate) fn library(options: &mut Options, errors: &Errors) -> Option<LitStr> {
    let library = options.text("library", errors)?;
    check_identifier(&library.value(), library.span(), "write the name of a library", errors);
    Some(library)
}

/// How `rename_all` spells names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
}

impl Case {
    /// The case that `rename_all = "…"` asks for.
    pub(crate) fn of(options: &mut Options, errors: &Errors) -> Option<Self> {
        let text = options.text("rename_all", errors)?;
        let case = match text.value().as_str() {
            "lowercase" => Self::Lower,
            "UPPERCASE" => Self::Upper,
            "PascalCase" => Self::Pascal,
            "camelCase" => Self::Camel,
            "snake_case" => Self::Snake,
            "SCREAMING_SNAKE_CASE" => Self::ScreamingSnake,
            _ => {
                errors.add(
                    text,
                    "unknown case; write `lowercase`, `UPPERCASE`, `PascalCase`, `camelCase`, `snake_case` or \
                     `SCREAMING_SNAKE_CASE`",
                );
                return None;
            }
        };
        Some(case)
    }

    /// A Rust name, snake_case or PascalCase, in this case.
    pub(crate) fn apply(self, name: &str) -> String {
        let words = words(name);
        match self {
            Self::Lower => words.concat(),
            Self::Upper => words.concat().to_ascii_uppercase(),
            Self::Pascal => words.iter().map(|word| capitalized(word)).collect(),
            Self::Camel => {
                let tail = words.iter().skip(1).map(|word| capitalized(word));
                words.iter().take(1).cloned().chain(tail).collect()
            }
            Self::Snake => words.join("_"),
            Self::ScreamingSnake => words.join("_").to_ascii_uppercase(),
        }
    }
}

/// The lowercase words of a name: split at `_` and before each capital.
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    for part in name.split('_') {
        let mut word = String::new();
        for letter in part.chars() {
            if letter.is_ascii_uppercase() && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            word.push(letter.to_ascii_lowercase());
        }
        words.push(word);
    }
    words.retain(|word| !word.is_empty());
    words
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::Case;

    #[test]
    fn every_case_spells_fields_and_variants() {
        let spelled = |case: Case| (case.apply("delay_ms2"), case.apply("NotFound"));
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(spelled(Case::Lower), pair("delayms2", "notfound"));
        assert_eq!(spelled(Case::Upper), pair("DELAYMS2", "NOTFOUND"));
        assert_eq!(spelled(Case::Pascal), pair("DelayMs2", "NotFound"));
        assert_eq!(spelled(Case::Camel), pair("delayMs2", "notFound"));
        assert_eq!(spelled(Case::Snake), pair("delay_ms2", "not_found"));
        assert_eq!(spelled(Case::ScreamingSnake), pair("DELAY_MS2", "NOT_FOUND"));
    }
}
