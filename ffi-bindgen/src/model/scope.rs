//! Gives out the names of one scope of the bindings.
//!
//! - A name that the language or the bindings keep for themselves gets an underscore.
//! - What two items would bear then is an error that names both.

use crate::Error;
use std::collections::BTreeMap;

/// What a language keeps for itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// Whether the language keeps this name for itself.
    pub(crate) is_reserved: fn(&str) -> bool,
}

impl Style {
    /// Every name is free.
    pub(crate) const FREE: Self = Self { is_reserved: |_| false };

    /// The name, with an underscore where the language keeps it for itself.
    pub(crate) fn spelled(self, name: &str) -> String {
        if (self.is_reserved)(name) { format!("{name}_") } else { name.to_owned() }
    }
}

/// The names of one scope: a package, a class, a record, a parameter list.
#[derive(Debug)]
pub(crate) struct Scope<'s> {
    style: Style,
    /// Names that mean something in this scope without being that of an item.
    beside: &'s [&'s str],
    /// The scope around this one, whose names must stay visible.
    outer: Option<&'s Scope<'s>>,
    /// What the scope belongs to, for a message.
    within: Option<String>,
    /// The names that are taken, and by whom.
    taken: BTreeMap<String, String>,
}

impl<'s> Scope<'s> {
    /// An empty scope.
    pub(crate) fn new(style: Style) -> Self {
        Self { style, beside: &[], outer: None, within: None, taken: BTreeMap::new() }
    }

    /// The same, where these names mean something: an item of such a name gets an underscore.
    pub(crate) fn beside(self, names: &'s [&'s str]) -> Self {
        Self { beside: names, ..self }
    }

    /// The same, where an item also makes way for every name of the scope around it.
    pub(crate) fn inside(self, outer: &'s Scope<'s>) -> Self {
        Self { outer: Some(outer), ..self }
    }

    /// The same, which belongs to this for a message.
    pub(crate) fn of(self, owner: impl Into<String>) -> Self {
        Self { within: Some(owner.into()), ..self }
    }

    /// Takes a name for the bindings' own text, which may mention it any number of times: an item of that name is an
    /// error.
    pub(crate) fn fix(&mut self, name: &str, owner: &str) {
        self.taken.insert(name.to_owned(), owner.to_owned());
    }

    /// Takes a name for `owner`, with an underscore where the plain one is not free, and returns it.
    pub(crate) fn claim(&mut self, name: &str, owner: &str) -> Result<String, Error> {
        let name = if self.is_beside(name) { format!("{name}_") } else { self.style.spelled(name) };
        let owner = self.within.as_ref().map_or_else(|| owner.to_owned(), |within| format!("{owner} of {within}"));
        match self.taken.insert(name.clone(), owner.clone()) {
            None => Ok(name),
            Some(first) => Err(Error::Collision { name, first, second: owner }),
        }
    }

    /// Whether this name is taken.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.taken.contains_key(name)
    }

    fn is_beside(&self, name: &str) -> bool {
        self.beside.contains(&name) || self.outer.is_some_and(|outer| outer.has(name))
    }
}

#[cfg(test)]
mod tests {
    use super::{Scope, Style};

    const STYLE: Style = Style { is_reserved: |name| name == "class" };

    #[test]
    fn a_name_makes_way_for_the_language_and_for_what_stands_beside_it() {
        let mut outer = Scope::new(STYLE);
        outer.claim("l_bytes", "the type bytes").unwrap();
        let mut scope = Scope::new(STYLE).beside(&["ctx"]).inside(&outer);
        let named = ["class", "ctx", "l_bytes", "plain"].map(|name| scope.claim(name, "an item").unwrap());
        assert_eq!(named, ["class_", "ctx_", "l_bytes_", "plain"]);
    }

    #[test]
    fn two_of_one_name_collide() {
        let mut scope = Scope::new(STYLE).of("the type a::T");
        scope.claim("class", "`class`").unwrap();
        let text = scope.claim("class_", "`class_`").unwrap_err().to_string();
        assert!(text.starts_with("`class_` would name both `class` of the type a::T and `class_` of the type a::T"));
    }

    #[test]
    fn what_is_fixed_is_nobodys() {
        let mut scope = Scope::new(STYLE);
        scope.fix("ffi", "a part of every header");
        scope.fix("ffi", "a part of every header");
        let text = scope.claim("ffi", "the function ffi").unwrap_err().to_string();
        assert!(text.starts_with("`ffi` would name both a part of every header and the function ffi: "), "{text}");
    }
}
