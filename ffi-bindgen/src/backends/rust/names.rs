//! Names items as Rust does.

use crate::model::scope::{Scope, Style};
use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

/// How Rust writes names, in every scope.
pub(super) const STYLE: Style = Style { is_reserved: is_keyword };

/// Takes a name for a field, a parameter, a function.
pub(super) fn member(scope: &mut Scope<'_>, name: &str) -> String {
    scope.claim(name, &snake(name))
}

/// Takes a name for a type or a variant.
pub(super) fn item(scope: &mut Scope<'_>, name: &str) -> String {
    scope.claim(name, &camel(name))
}

/// The name in snake case, as it is where it is that already.
pub(super) fn snake(name: &str) -> String {
    let is_snake = !name.contains(char::is_uppercase) && !name.trim_matches('_').contains("__");
    if is_snake { name.to_owned() } else { or_as_it_is(name.to_snake_case(), name) }
}

/// The name in upper camel case, as it is where it is that already.
pub(super) fn camel(name: &str) -> String {
    let is_camel = name.starts_with(char::is_uppercase) && !name.contains('_');
    if is_camel { name.to_owned() } else { or_as_it_is(name.to_upper_camel_case(), name) }
}

/// Where nothing is left: the name itself. A digit cannot begin a name, so the underscore before it stays.
fn or_as_it_is(cased: String, name: &str) -> String {
    match cased.chars().next() {
        Some(first) if first.is_alphabetic() => cased,
        Some(_) => format!("_{cased}"),
        None => name.to_owned(),
    }
}

/// Whether a name is a keyword of Rust in some edition, or no name at all.
pub(in crate::backends) fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

#[rustfmt::skip]
const KEYWORDS: &[&str] = &[
    "_", "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do",
    "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

#[cfg(test)]
mod tests {
    use super::{STYLE, camel, item, member, snake};
    use crate::model::scope::Scope;

    #[test]
    fn names_are_in_rusts_cases() {
        assert_eq!(["delayMs", "delay_ms", "_x", "HTTPPort"].map(snake), ["delay_ms", "delay_ms", "_x", "http_port"]);
        assert_eq!(["my_timer", "EchoRequest", "top", "URL"].map(camel), ["MyTimer", "EchoRequest", "Top", "URL"]);
        assert_eq!((snake("__"), camel("_1")), ("__".to_owned(), "_1".to_owned()));
        assert_eq!((snake("_1__Event"), camel("_1_event")), ("_1_event".to_owned(), "_1Event".to_owned()));
    }

    #[test]
    fn keywords_and_the_bindings_own_names_get_an_underscore() {
        let mut scope = Scope::new(STYLE).beside(&["close"]);
        assert_eq!(["type", "close"].map(|name| member(&mut scope, name)), ["type_", "close_"]);
        assert_eq!(item(&mut scope, "Self"), "Self_");
    }

    #[test]
    fn two_have_two_names() {
        let mut scope = Scope::new(STYLE).among(["delayMs", "delay_ms"]);
        assert_eq!(["delayMs", "delay_ms"].map(|name| member(&mut scope, name)), ["delay_ms_", "delay_ms"]);
    }
}
