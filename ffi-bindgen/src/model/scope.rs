//! Gives out the names of one scope of the bindings.
//!
//! - A name that the language or the bindings keep for themselves gets an underscore, and so does one that another
//!   item has already: each item gets a name, and no two the same.
//! - Who is called in the schema what the language writes keeps that name, whatever is claimed before: what makes way
//!   are the names that were changed.

use std::collections::BTreeSet;

/// What a language keeps for itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// Whether the language keeps this name for itself.
    pub(crate) is_reserved: fn(&str) -> bool,
}

impl Style {
    /// Every name is free.
    pub(crate) const FREE: Self = Self { is_reserved: |_| false };
}

/// The names of one scope: a package, a class, a record, a parameter list.
#[derive(Debug)]
pub(crate) struct Scope<'s> {
    style: Style,
    /// Names that mean something in this scope without being that of an item.
    beside: &'s [&'s str],
    /// The scope around this one, whose names must stay visible.
    outer: Option<&'s Scope<'s>>,
    /// What the items of this scope are called in the schema.
    authors: BTreeSet<String>,
    /// The names that are taken.
    taken: BTreeSet<String>,
}

impl<'s> Scope<'s> {
    /// An empty scope.
    pub(crate) fn new(style: Style) -> Self {
        Self { style, beside: &[], outer: None, authors: BTreeSet::new(), taken: BTreeSet::new() }
    }

    /// The same, where these names mean something: an item of such a name gets an underscore.
    pub(crate) fn beside(self, names: &'s [&'s str]) -> Self {
        Self { beside: names, ..self }
    }

    /// The same, where an item also makes way for every name of the scope around it.
    pub(crate) fn inside(self, outer: &'s Scope<'s>) -> Self {
        Self { outer: Some(outer), ..self }
    }

    /// The same, whose items are called this in the schema: nobody else gets one of these names.
    pub(crate) fn among<'n>(mut self, authors: impl IntoIterator<Item = &'n str>) -> Self {
        self.authors.extend(authors.into_iter().map(str::to_owned));
        self
    }

    /// Takes a name for the bindings' own text, which may mention it any number of times.
    pub(crate) fn fix(&mut self, name: impl Into<String>) {
        self.taken.insert(name.into());
    }

    /// Takes a name for the item that the schema calls `author` and the language `spelled`, with as many underscores as
    /// it needs to be free, and returns it.
    pub(crate) fn claim(&mut self, author: &str, spelled: &str) -> String {
        let mut name = spelled.to_owned();
        while !self.is_free(&name, author) {
            name.push('_');
        }
        self.taken.insert(name.clone());
        name
    }

    /// Whether an item that the schema calls otherwise would get this name as it is.
    pub(crate) fn would_be_free(&self, name: &str) -> bool {
        self.is_free(name, "")
    }

    /// Whether this name is taken.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    fn is_free(&self, name: &str, author: &str) -> bool {
        let is_kept = (self.style.is_reserved)(name) || self.beside.contains(&name);
        let is_beyond = self.outer.is_some_and(|outer| outer.has(name));
        let is_anothers = name != author && self.authors.contains(name);
        !is_kept && !is_beyond && !is_anothers && !self.has(name)
    }
}

#[cfg(test)]
mod tests {
    use super::{Scope, Style};

    const STYLE: Style = Style { is_reserved: |name| name == "class" };

    #[test]
    fn a_name_makes_way_for_the_language_and_for_what_stands_beside_it() {
        let mut outer = Scope::new(STYLE);
        outer.fix("l_bytes");
        let mut scope = Scope::new(STYLE).beside(&["ctx", "ctx_"]).inside(&outer);
        let named = ["class", "ctx", "l_bytes", "plain"].map(|name| scope.claim(name, name));
        assert_eq!(named, ["class_", "ctx__", "l_bytes_", "plain"]);
    }

    #[test]
    fn each_item_has_a_name_of_its_own() {
        let mut scope = Scope::new(STYLE);
        let named = ["class", "class_", "class", "x", "x"].map(|name| scope.claim(name, name));
        assert_eq!(named, ["class_", "class__", "class___", "x", "x_"]);
    }

    #[test]
    fn who_is_called_so_keeps_its_name() {
        let authors = ["class", "getUrl", "get_url", "class_"];
        let mut scope = Scope::new(STYLE).among(authors);
        assert_eq!(scope.claim("class", "class"), "class__");
        assert_eq!(scope.claim("getUrl", "get_url"), "get_url_");
        assert_eq!(scope.claim("get_url", "get_url"), "get_url");
        assert_eq!(scope.claim("class_", "class_"), "class_");
    }
}
