//! Who bears which name in one scope of the header.

use crate::Error;
use crate::c::reserved::is_reserved;
use std::collections::BTreeMap;

/// Functions and namespaces that the standard headers put where a library's namespace stands.
#[rustfmt::skip]
const GLOBAL: &[&str] = &[
    "abort", "abs", "access", "acct", "alarm", "atexit", "brk", "clock", "close", "connect", "div", "dup", "encrypt",
    "exit", "fork", "free", "gamma", "index", "isatty", "kill", "link", "listen", "log", "malloc", "nice", "open",
    "pause", "pipe", "poll", "printf", "puts", "raise", "rand", "random", "read", "remove", "rename", "round", "select",
    "send", "signal", "sleep", "socket", "stat", "std", "stime", "strings", "swab", "sync", "system", "time", "timer",
    "truncate", "wait", "write",
];

/// The names of one scope: a namespace, a struct, a class, a parameter list.
#[derive(Debug)]
pub(super) struct Scope {
    /// Names that are taken, but not by what the scope is for: an underscore tells them apart.
    beside: Vec<String>,
    taken: BTreeMap<String, String>,
}

impl Scope {
    /// A scope where `beside` are names to make way for.
    pub(super) fn new(beside: &[&str]) -> Self {
        Self { beside: beside.iter().map(|&name| name.to_owned()).collect(), taken: BTreeMap::new() }
    }

    /// A scope whose names every header has.
    pub(super) fn with_fixed(names: &[&str]) -> Self {
        let taken = names.iter().map(|&name| (name.to_owned(), "a part of every header".to_owned()));
        Self { beside: Vec::new(), taken: taken.collect() }
    }

    /// The C++ name of `name`, which `owner` bears: with an underscore where the plain one is not free.
    pub(super) fn add(&mut self, name: &str, owner: &str) -> Result<String, Error> {
        let spelled = if self.beside.iter().any(|it| it == name) { format!("{name}_") } else { spelled(name) };
        match self.taken.insert(spelled.clone(), owner.to_owned()) {
            None => Ok(spelled),
            Some(first) => Err(Error::Collision { name: spelled, first, second: owner.to_owned() }),
        }
    }
}

/// A name where no other makes it give way. Anything named `std` would hide the standard library.
pub(super) fn spelled(name: &str) -> String {
    if is_reserved(name) || name == "std" { format!("{name}_") } else { name.to_owned() }
}

/// The namespace of a library.
pub(super) fn namespace(library: &str) -> String {
    let is_taken = is_reserved(library) || GLOBAL.contains(&library);
    if is_taken { format!("{library}_") } else { library.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{Scope, namespace};

    #[test]
    fn names_make_way_and_collide_where_they_cannot() {
        let mut scope = Scope::new(&["T"]);
        assert_eq!(scope.add("class", "a").unwrap(), "class_");
        assert_eq!(scope.add("T", "b").unwrap(), "T_");
        assert_eq!(scope.add("plain", "c").unwrap(), "plain");
        let text = scope.add("class_", "d").unwrap_err().to_string();
        assert!(text.starts_with("`class_` would name both a and d: "), "{text}");
        let text = Scope::with_fixed(&["ffi"]).add("ffi", "d").unwrap_err().to_string();
        assert!(text.starts_with("`ffi` would name both a part of every header and d: "), "{text}");
    }

    #[test]
    fn a_namespace_is_no_function() {
        assert_eq!(namespace("time"), "time_");
        assert_eq!(namespace("new"), "new_");
        assert_eq!(namespace("my_timer"), "my_timer");
    }
}
