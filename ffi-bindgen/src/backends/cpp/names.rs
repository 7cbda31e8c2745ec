//! The names that C++ and its headers keep for themselves.

use crate::abi::reserved::{is_reserved, is_reserved_function};
use crate::model::scope::Style;
use heck::ToUpperCamelCase as _;

/// How C++ writes names. Anything named `std` would hide the standard library.
pub(super) const STYLE: Style = Style { is_reserved: |name| is_reserved(name) || name == "std" };

/// How C++ writes the names of what is called: of functions, and of types, which their constructors have.
pub(super) fn called(name: &str) -> String {
    let is_macro = is_reserved_function(name) && !is_reserved(name);
    if is_macro { format!("{name}_") } else { name.to_owned() }
}

/// Functions and namespaces that the standard headers put where a library's namespace stands.
#[rustfmt::skip]
const GLOBAL: &[&str] = &[
    "abort", "abs", "access", "acct", "alarm", "atexit", "brk", "clock", "close", "connect", "div", "dup", "encrypt",
    "exit", "fork", "free", "gamma", "index", "isatty", "kill", "link", "listen", "log", "main", "malloc", "nice", "open",
    "pause", "pipe", "poll", "printf", "puts", "raise", "rand", "random", "read", "remove", "rename", "round", "select",
    "send", "signal", "sleep", "socket", "stat", "std", "stime", "strings", "swab", "sync", "system", "time", "timer",
    "truncate", "wait", "write",
];

/// The namespace of a library.
pub(in crate::backends) fn namespace(library: &str) -> String {
    let is_taken = is_reserved(library) || GLOBAL.contains(&library);
    if is_taken { format!("{library}_") } else { library.to_owned() }
}

/// The class of a library none of whose types has its name.
pub(in crate::backends) fn class(library: &str) -> String {
    let name = library.to_upper_camel_case();
    if is_reserved(&name) { format!("{name}_") } else { name }
}

#[cfg(test)]
mod tests {
    use super::namespace;

    #[test]
    fn a_namespace_is_no_function() {
        assert_eq!(namespace("time"), "time_");
        assert_eq!(namespace("new"), "new_");
        assert_eq!(namespace("my_timer"), "my_timer");
    }
}
