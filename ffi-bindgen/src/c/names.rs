//! Who bears which name in the header.
//!
//! - C has one scope for types, functions and enumeration constants, so each name there is
//!   claimed once; a second claim is an error that names both.
//! - The names of the header's fixed text are found in the templates, where they follow
//!   `{{ lib }}_` or `{{ LIB }}_`, so none can be forgotten.

use super::reserved::is_reserved;
use super::sources::TEMPLATES;
use crate::Error;
use std::collections::{BTreeMap, HashSet};

/// The names taken at the top of the header, and by whom.
#[derive(Debug)]
pub(crate) struct Names {
    taken: BTreeMap<String, String>,
}

/// The members of one record or parameter list.
#[derive(Debug)]
pub(crate) struct Members<'a> {
    names: &'a Names,
    /// Names that stand beside the members without being theirs.
    beside: &'a [&'a str],
    /// What the members belong to, for a message.
    owner: String,
    taken: BTreeMap<String, String>,
}

impl Names {
    /// The names of the fixed text for the library `lib`, whose macros begin with `macros`.
    pub(super) fn of_fixed_text(lib: &str, macros: &str) -> Self {
        let named = |mark, prefix: &str| {
            let found: HashSet<&str> = TEMPLATES.iter().flat_map(|(_, text)| identifiers_after(mark, text)).collect();
            found.into_iter().map(|name| format!("{prefix}_{name}")).collect::<Vec<_>>()
        };
        let mut names = Self { taken: BTreeMap::new() };
        named("{{ lib }}_", lib).iter().chain(&named("{{ LIB }}_", macros)).for_each(|name| names.fix(name));
        names
    }

    /// Takes `name` for the fixed text, which may mention it any number of times.
    pub(super) fn fix(&mut self, name: &str) {
        self.taken.insert(name.to_owned(), "a part of every header".to_owned());
    }

    /// Takes `name` for `owner`.
    pub(super) fn claim(&mut self, name: &str, owner: &str) -> Result<(), Error> {
        claim(&mut self.taken, name, owner)
    }

    /// Starts a record or a parameter list.
    pub(crate) fn members<'a>(&'a self, owner: String, beside: &'a [&'a str]) -> Members<'a> {
        Members { names: self, beside, owner, taken: BTreeMap::new() }
    }
}

impl Members<'_> {
    /// The C name of the member `name`: with an underscore where the plain one is not free.
    pub(crate) fn add(&mut self, name: &str) -> Result<String, Error> {
        let beside = self.beside.contains(&name) || self.names.taken.contains_key(name);
        let spelled = if beside || is_reserved(name) { format!("{name}_") } else { name.to_owned() };
        claim(&mut self.taken, &spelled, &format!("`{name}` of {}", self.owner))?;
        Ok(spelled)
    }
}

fn claim(taken: &mut BTreeMap<String, String>, name: &str, owner: &str) -> Result<(), Error> {
    match taken.insert(name.to_owned(), owner.to_owned()) {
        None => Ok(()),
        Some(first) => Err(Error::Collision { name: name.to_owned(), first, second: owner.to_owned() }),
    }
}

/// Every identifier that directly follows `mark` in a template.
fn identifiers_after<'t>(mark: &str, text: &'t str) -> impl Iterator<Item = &'t str> {
    text.split(mark).skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| c != '_' && !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let complete = !rest[end..].starts_with("{{");
        (complete && end > 0).then(|| &rest[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::{Names, identifiers_after};

    #[test]
    fn identifiers_are_whole_or_not_at_all() {
        let text = "{{ lib }}_schema(size_t) {{ lib }}_{{ name }}_encode {{ lib }}_x{{ y }} {{ lib }}_bytes";
        assert_eq!(identifiers_after("{{ lib }}_", text).collect::<Vec<_>>(), ["schema", "bytes"]);
    }

    #[test]
    fn the_fixed_text_takes_its_names() {
        let mut names = Names::of_fixed_text("my_timer", "MY_TIMER");
        for name in ["my_timer_schema", "my_timer_bytes", "my_timer_cbor_arena", "MY_TIMER_ABI_HASH"] {
            assert!(names.claim(name, "the type a::T").is_err(), "{name}");
        }
    }

    #[test]
    fn members_get_an_underscore_where_they_must_and_collide_where_that_is_taken() {
        let names = Names::of_fixed_text("l", "L");
        let mut members = names.members("the type a::T".to_owned(), &["ctx"]);
        assert_eq!(members.add("class").unwrap(), "class_");
        assert_eq!(members.add("ctx").unwrap(), "ctx_");
        assert_eq!(members.add("l_bytes").unwrap(), "l_bytes_");
        assert_eq!(members.add("plain").unwrap(), "plain");
        let text = members.add("class_").unwrap_err().to_string();
        assert!(text.contains("`class` of the type a::T and `class_` of the type a::T"), "{text}");
    }
}
