//! Compares functions and events.

use super::report::{Changes, Item, Place, What};
use super::text::{self, rust};
use super::wire::{Way, Wire, may_lack};
use ffi_runtime::schema::{Event, Function, FunctionKind, Library, Param};

pub(super) fn compare<'a>(old: &'a Library, new: &'a Library, wire: &Wire<'a>, changes: &mut Changes) {
    for was in &old.functions {
        match new.functions.iter().find(|is| is.name == was.name) {
            Some(is) => function(was, is, wire, changes),
            None => {
                let place = Place { item: Item::Function, name: &was.name, part: None };
                let shown = (Some(text::signature(was)), None);
                changes.list(place, What::Removed, shown, (false, !crosses(was)), "");
            }
        }
    }
    for is in new.functions.iter().filter(|is| old.functions.iter().all(|was| was.name != is.name)) {
        let place = Place { item: Item::Function, name: &is.name, part: None };
        changes.list(place, What::Added, (None, Some(text::signature(is))), (true, true), "");
    }
}

/// Whether anything of the function crosses the wire: an export has no CBOR entry point.
fn crosses(function: &Function) -> bool {
    function.kind != FunctionKind::Export
}

fn part_of<'p>(function: &'p Function, part: &'p str) -> Place<'p> {
    Place { item: Item::Function, name: &function.name, part: Some(part) }
}

fn function<'a>(old: &'a Function, new: &'a Function, wire: &Wire<'a>, changes: &mut Changes) {
    let place = |part| Place { item: Item::Function, name: &old.name, part };
    let kinds = (text::kind(old.kind), text::kind(new.kind));
    changes.value(place(None), kinds, (false, !crosses(old)), "both symbols take other parameters");
    params(old, new, wire, changes);
    let results = (old.returns.as_ref(), new.returns.as_ref());
    let shown = (text::result(results.0), text::result(results.1));
    let is_read = !crosses(old) || wire.reads_result(results.0, results.1);
    changes.value(place(Some("result")), (&shown.0, &shown.1), (false, is_read), "");
    let (is_read, why) = match (&old.error, &new.error) {
        (None, Some(_)) => (false, "an old caller does not know RET_FAILURE"),
        (Some(_), None) => (true, "the text alone is told"),
        (was, is) => (wire.reads_result(was.as_ref(), is.as_ref()), ""),
    };
    changes.value(place(Some("error")), (&text::error(old), &text::error(new)), (false, is_read), why);
    for (part, was, is, why) in text::behaviour(old, new) {
        changes.value(place(Some(part)), (&was, &is), (true, true), why);
    }
}

fn params<'a>(old: &'a Function, new: &'a Function, wire: &Wire<'a>, changes: &mut Changes) {
    let crosses = crosses(old);
    let named = |params: &'a [Param], name: &str| params.iter().find(|param| param.name == name);
    for was in &old.params {
        let part = format!("parameter `{}`", was.name);
        match named(&new.params, &was.name) {
            Some(is) => {
                let is_read = !crosses || wire.reads(&was.ty, &is.ty, Way::Request);
                changes.value(part_of(old, &part), (&rust(&was.ty), &rust(&is.ty)), (false, is_read), "");
            }
            None => {
                let shown = (Some(rust(&was.ty)), None);
                changes.list(
                    part_of(old, &part),
                    What::Removed,
                    shown,
                    (false, true),
                    "a key that is not known is ignored",
                );
            }
        }
    }
    for is in new.params.iter().filter(|is| named(&old.params, &is.name).is_none()) {
        let (part, is_optional) = (format!("parameter `{}`", is.name), may_lack(&is.ty, Way::Request));
        let why = if is_optional { "a missing key is none" } else { "its key would be missing" };
        let is_safe = (false, !crosses || is_optional);
        changes.list(part_of(old, &part), What::Added, (None, Some(rust(&is.ty))), is_safe, why);
    }
    let names = |of: &'a [Param]| of.iter().map(|param| param.name.as_str()).collect();
    changes.order(part_of(old, "parameters"), names(&old.params), names(&new.params), "keys have no order");
}

pub(super) fn compare_events<'a>(old: &'a Library, new: &'a Library, wire: &Wire<'a>, changes: &mut Changes) {
    let payload = |event: &Event| text::result(event.payload.as_ref());
    for was in &old.events {
        let place = |part| Place { item: Item::Event, name: &was.name, part };
        match new.events.iter().find(|is| is.name == was.name) {
            Some(is) => {
                let is_read = wire.reads_result(was.payload.as_ref(), is.payload.as_ref());
                let part = place(Some("payload"));
                changes.value(part, (&payload(was), &payload(is)), (false, is_read), "");
            }
            None => {
                let why = "no listener can be added for it";
                changes.list(place(None), What::Removed, (Some(payload(was)), None), (false, false), why);
            }
        }
    }
    for is in new.events.iter().filter(|is| old.events.iter().all(|was| was.name != is.name)) {
        let place = Place { item: Item::Event, name: &is.name, part: None };
        changes.list(place, What::Added, (None, Some(payload(is))), (true, true), "listeners of all events hear it");
    }
}

impl Changes {
    /// Lists another order of what both versions have, if it is another.
    pub(super) fn order(&mut self, place: Place<'_>, old: Vec<&str>, new: Vec<&str>, why: &'static str) {
        let common = |names: &[&str], others: &[&str]| -> String {
            names.iter().filter(|name| others.contains(name)).copied().collect::<Vec<_>>().join(", ")
        };
        let (was, is) = (common(&old, &new), common(&new, &old));
        if was != is {
            self.list(place, What::Reordered, (Some(was), Some(is)), (false, true), why);
        }
    }
}
