//! Finds the names that the header keeps for itself.
//!
//! - Those of the header's fixed text are found in its templates, where they follow `{{ lib }}_` or `{{ LIB }}_`, so
//!   that none can be forgotten.
//! - A field or a parameter gets an underscore where C, C++ or the header has its name already.

use super::header::TEMPLATES;
use super::reserved::{is_reserved, is_word};
use super::uses::Uses;
use crate::model::Int;
use crate::model::scope::{Scope, Style};
use ffi_runtime::schema::Event;
use std::collections::HashSet;

/// How C writes fields and parameters.
pub(crate) const STYLE: Style = Style { is_reserved };

/// How C writes what stands at the top, which begins with the library's name.
pub(super) const TOP: Style = Style { is_reserved: is_word };

/// The top of the header of the library `lib`, whose macros begin with `macros`, with the names of its fixed text: those of
/// types that few libraries mention only where this one does.
pub(super) fn of_fixed_text(lib: &str, macros: &str, uses: &Uses) -> Scope<'static> {
    let named = |mark, prefix: &str| {
        let found: HashSet<&str> = TEMPLATES.iter().flat_map(|(_, text)| identifiers_after(mark, text)).collect();
        let found = found.into_iter().filter(|name| uses.has(name));
        found.map(|name| format!("{prefix}_{name}")).collect::<Vec<_>>()
    };
    let mut names = Scope::new(TOP);
    let checked = named("ffi_checked_{{ lib }}_", &checked(lib));
    let fixed = [named("{{ lib }}_", lib), named("{{ LIB }}_", macros), checked].concat();
    fixed.into_iter().for_each(|name| names.fix(name));
    names
}

/// The function that compares the library with the header before it calls this one. No function of an author's begins
/// so, unless its library does.
pub(super) fn checked(function: &str) -> String {
    format!("ffi_checked_{function}")
}

/// `L_EVENT_ON_ECHO_FIRED`
pub(super) fn event_macro(event: &Event, macros: &str) -> String {
    format!("{macros}_EVENT_{}", event.name.to_uppercase())
}

/// `on_echo_fired_event`, behind the library's name.
pub(super) fn event_helper(event: &Event) -> String {
    format!("{}_event", event.name)
}

/// The helpers that encode and decode an integer.
pub(super) fn integer_codec(library: &str, int: Int) -> [String; 2] {
    ["encode", "decode"].map(|helper| format!("{library}_{}_{helper}", int.name()))
}

/// The scope of a record's fields or a function's parameters, which stand in C beside the names at the top.
pub(super) fn members<'s>(names: &'s Scope<'s>) -> Scope<'s> {
    Scope::new(STYLE).inside(names)
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
    use super::{Uses, identifiers_after, members, of_fixed_text};

    #[test]
    fn identifiers_are_whole_or_not_at_all() {
        let text = "{{ lib }}_schema(size_t) {{ lib }}_{{ name }}_encode {{ lib }}_x{{ y }} {{ lib }}_bytes";
        assert_eq!(identifiers_after("{{ lib }}_", text).collect::<Vec<_>>(), ["schema", "bytes"]);
    }

    #[test]
    fn the_fixed_text_takes_its_names() {
        let mut names = of_fixed_text("my_timer", "MY_TIMER", &Uses::default());
        for name in ["my_timer_ffi_schema", "my_timer_bytes", "my_timer_cbor_arena", "MY_TIMER_ABI_HASH"] {
            assert_eq!(names.claim(name, name), format!("{name}_"));
        }
    }

    #[test]
    fn members_get_an_underscore_where_they_must() {
        let names = of_fixed_text("l", "L", &Uses::default());
        let mut members = members(&names).beside(&["ctx"]);
        let added = ["class", "ctx", "l_bytes", "plain", "class_"].map(|name| members.claim(name, name));
        assert_eq!(added, ["class_", "ctx_", "l_bytes_", "plain", "class__"]);
    }
}
