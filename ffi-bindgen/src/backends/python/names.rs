//! Writes names, projects and versions as Python does.

use super::modules::{is_keyword, is_taken};
use crate::model::scope::Style;
use heck::{ToShoutySnakeCase as _, ToSnakeCase as _, ToUpperCamelCase as _};

/// How Python writes names, in every scope.
pub(super) const STYLE: Style = Style { is_reserved: |name| is_keyword(name) || is_private(name) };

/// Python mangles such names within a class, and `__init__` and its like are its own.
fn is_private(name: &str) -> bool {
    name.starts_with("__")
}

/// `delay_ms`
pub(super) fn snake(name: &str) -> String {
    cased(name, name.to_snake_case())
}

/// `MyTimer`
pub(super) fn camel(name: &str) -> String {
    cased(name, name.to_upper_camel_case())
}

/// `DELAY_MS`
pub(super) fn shouted(name: &str) -> String {
    cased(name, name.to_shouty_snake_case())
}

/// The name in its case, unless nothing is left of it that is a name.
fn cased(name: &str, cased: String) -> String {
    let is_name = cased.starts_with(|c: char| c == '_' || c.is_alphabetic());
    if is_name { cased } else { name.to_owned() }
}

/// The name of the package, which Python has for nothing of its own.
pub(in crate::backends) fn package(library: &str) -> String {
    if is_taken(library) { format!("{library}_") } else { library.to_owned() }
}

/// The name of the project, as package indexes want it: they take none of Python's own.
pub(super) fn distribution(library: &str) -> String {
    let plain: String = library.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    let plain = plain.trim_matches('_').replace('_', "-").to_lowercase();
    match () {
        () if plain.is_empty() => "library".to_owned(),
        () if is_taken(library) => format!("{plain}-library"),
        () => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::{STYLE, camel, distribution, package, shouted, snake};
    use crate::model::scope::Scope;

    #[test]
    fn names_have_the_case_of_python() {
        assert_eq!(snake("delayMs"), "delay_ms");
        assert_eq!(snake("list_i8"), "list_i8");
        assert_eq!(snake("__"), "__");
        assert_eq!(camel("my_timer"), "MyTimer");
        assert_eq!(shouted("InProgress"), "IN_PROGRESS");
    }

    #[test]
    fn a_name_that_means_something_gets_an_underscore() {
        let mut scope = Scope::new(STYLE).beside(&["self"]).of("the type a::T");
        assert_eq!(scope.claim("class", "`class`").unwrap(), "class_");
        assert_eq!(scope.claim("self", "`self`").unwrap(), "self_");
        assert_eq!(scope.claim("__init__", "`__init__`").unwrap(), "__init___");
        assert_eq!(scope.claim("plain", "`plain`").unwrap(), "plain");
        let text = scope.claim("class_", "`class_`").unwrap_err().to_string();
        assert!(text.contains("`class` of the type a::T and `class_` of the type a::T"), "{text}");
    }

    #[test]
    fn a_package_has_a_name_that_nothing_of_pythons_has() {
        assert_eq!(package("my_timer"), "my_timer");
        for library in ["queue", "Queue", "class", "zip", "cffi", "_thread", "main", "native"] {
            assert_eq!(package(library), format!("{library}_"));
        }
    }

    #[test]
    fn a_project_has_a_name_that_an_index_takes() {
        assert_eq!(distribution("my_timer"), "my-timer");
        assert_eq!(distribution("_größe_"), "gre-library");
        assert_eq!(distribution("größe"), "gre");
        assert_eq!(distribution("ß"), "library");
        assert_eq!(distribution("cffi"), "cffi-library");
        assert_eq!(distribution("Queue"), "queue-library");
    }
}
