//! The events of a library, described for its schema or found by name.

use super::builtin::BUILTIN;
use super::declared::{EventEntry, EventInfo};
use crate::insertion_sort;
use crate::schema::{self, SchemaBuilder};

/// Describes the events of the library that was declared in this module: its own in source order,
/// then those that every library has. There are some only where there are contexts.
pub(crate) fn describe(library: &str, module: &str, schema: &mut SchemaBuilder) -> Vec<schema::Event> {
    let mut own: Vec<_> = inventory::iter::<EventEntry>().filter(|entry| entry.info.is_of(library, module)).collect();
    insertion_sort::sort(&mut own, |a, b| (a.info.place, a.info.name) < (b.info.place, b.info.name));
    let own: Vec<_> = own.into_iter().map(|entry| entry.event(schema, false)).collect();
    own.into_iter().chain(BUILTIN.map(|entry| entry.event(schema, true))).collect()
}

/// The event of this name, if the library that was declared in this module has one.
pub(crate) fn find(event: &str, library: &str, module: &str) -> Option<&'static str> {
    let builtin = BUILTIN.into_iter().map(|entry| entry.info).find(|info| info.name == event);
    let is_own = |info: &EventInfo| info.name == event && info.is_of(library, module);
    let own = || inventory::iter::<EventEntry>().map(|entry| entry.info).find(is_own);
    Some(builtin.or_else(own)?.name)
}
