//! Every annotated event in the binary, found by name or listed in a schema.

use crate::declare::{Answer, Event, EventInfo, EventsDropped, NotResponding, Responding};
use crate::insertion_sort;
use crate::schema::{self, SchemaBuilder, Type, join_docs};

/// One event, as it is found by name or listed in the schema.
#[derive(Debug)]
pub struct EventEntry {
    info: EventInfo,
    describe: fn(&mut SchemaBuilder) -> Option<Type>,
}

inventory::collect!(EventEntry);

impl EventEntry {
    /// Returns the entry of an event.
    ///
    /// # Safety
    /// The library's event of that name must be `E`.
    pub const unsafe fn new<E: Event>() -> Self {
        Self { info: E::INFO, describe: <E::Payload as Answer>::describe }
    }

    fn event(&self, schema: &mut SchemaBuilder, builtin: bool) -> schema::Event {
        schema::Event {
            name: self.info.name.to_owned(),
            rust_name: self.info.rust_name.to_owned(),
            docs: join_docs(self.info.docs),
            payload: (self.describe)(schema),
            builtin,
            fingerprint: schema::Fingerprint::default(),
        }
    }
}

/// The events that every library with a constructor has.
const BUILTIN: [EventEntry; 3] = [
    // SAFETY: these are the events of these names, here and in the two below.
    unsafe { EventEntry::new::<EventsDropped>() },
    // SAFETY: as above.
    unsafe { EventEntry::new::<NotResponding>() },
    // SAFETY: as above.
    unsafe { EventEntry::new::<Responding>() },
];

/// Describes the events of the library: its own in source order,
/// then those that every library has. There are some only where there are contexts.
pub(crate) fn describe(library: &str, schema: &mut SchemaBuilder) -> Vec<schema::Event> {
    let mut own: Vec<_> = inventory::iter::<EventEntry>().filter(|entry| entry.info.library == library).collect();
    insertion_sort::sort(&mut own, |a, b| (a.info.place, a.info.name) < (b.info.place, b.info.name));
    let own: Vec<_> = own.into_iter().map(|entry| entry.event(schema, false)).collect();
    own.into_iter().chain(BUILTIN.map(|entry| entry.event(schema, true))).collect()
}

/// Finds the event of this name, if the library has it.
pub(crate) fn find(event: &str, library: &str) -> Option<&'static str> {
    let builtin = BUILTIN.into_iter().map(|entry| entry.info).find(|info| info.name == event);
    let is_own = |info: &EventInfo| info.name == event && info.library == library;
    let own = || inventory::iter::<EventEntry>().map(|entry| entry.info).find(is_own);
    Some(builtin.or_else(own)?.name)
}
