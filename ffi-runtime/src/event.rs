//! Events: what a library tells its hosts without being asked.
//!
//! - An event function fires in the context in whose handler it is called, and does nothing
//!   outside of any.
//! - [`Events`] takes a context to tasks and threads of the author's own.

mod delivery;
mod serving;

pub(crate) use delivery::{AnyEvent, Fired, deliver_gap, discard};
pub(crate) use serving::Serving;
pub use serving::{Events, NoContext, fire};

use crate::declare::Answer;
use crate::few;
use crate::ffi;
use crate::schema::{self, SchemaBuilder, Type, join_docs};
use crate::value::types::FfiType;

/// What the runtime knows of an event's name and place.
#[derive(Clone, Copy, Debug)]
pub struct EventInfo {
    /// The name that listeners give.
    pub name: &'static str,
    /// The name in Rust.
    pub rust_name: &'static str,
    /// Documentation, one string a line as rustc keeps it.
    pub docs: &'static [&'static str],
    /// File, line and column, by which events are listed in source order.
    pub place: (&'static str, u32, u32),
    /// The module, whose crate's libraries the event belongs to where it names none.
    pub module: &'static str,
    /// The library that it names.
    pub library: Option<&'static str>,
}

impl EventInfo {
    /// Whether the event is one of the library that was declared in this module.
    pub(crate) fn is_of(&self, library: &str, module: &str) -> bool {
        self.library.map_or_else(|| krate(self.module) == krate(module), |named| named == library)
    }
}

/// The crate that a module is in.
fn krate(module: &str) -> &str {
    module.split("::").next().unwrap_or_default()
}

/// One event function.
///
/// Implemented by generated code on a type without a value.
///
/// # Safety
/// No other event of the library may have the name with another payload: listeners that ask for
/// the name read the payload that the library's description gives to it.
pub unsafe trait Event: 'static {
    /// What the event tells: its only parameter, a record of its parameters, or nothing.
    type Payload: Told;
    /// Name and place.
    const INFO: EventInfo;
}

/// What an event may tell: a type that crosses, or nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross the FFI boundary",
    label = "not a type that crosses",
    note = "put `#[ffi]` on your own type; an event tells built-in types that cross, and structs and enums with `#[ffi]` on them"
)]
pub trait Told: Answer + Send {}

impl<T: FfiType> Told for T {}

impl Told for () {}

/// One event, as it is found by name or listed in the schema.
#[derive(Debug)]
pub struct EventEntry {
    info: EventInfo,
    describe: fn(&mut SchemaBuilder) -> Option<Type>,
}

inventory::collect!(EventEntry);

impl EventEntry {
    /// The entry of an event.
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

/// Some events were dropped, because their listeners did not keep up.
#[ffi]
#[derive(Clone, Copy, Debug)]
pub(crate) struct EventsDropped {
    /// How many were dropped here.
    pub count: u64,
}

/// The context's worker has not turned its loop for a while.
#[ffi]
#[derive(Clone, Copy, Debug)]
pub(crate) struct NotResponding {
    /// For how many milliseconds.
    pub stalled_ms: u64,
}

/// The context's worker turns its loop again.
#[ffi]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Responding {}

// SAFETY: no event of an author's may have the name.
unsafe impl Event for EventsDropped {
    type Payload = Self;
    const INFO: EventInfo = builtin(
        "events_dropped",
        "EventsDropped",
        &["Some events were dropped, because their listeners did not keep up."],
    );
}

// SAFETY: no event of an author's may have the name.
unsafe impl Event for NotResponding {
    type Payload = Self;
    const INFO: EventInfo =
        builtin("not_responding", "NotResponding", &["The context's worker has not turned its loop for a while."]);
}

// SAFETY: no event of an author's may have the name.
unsafe impl Event for Responding {
    type Payload = Self;
    const INFO: EventInfo = builtin("responding", "Responding", &["The context's worker turns its loop again."]);
}

/// An event that every library with a constructor has.
const fn builtin(name: &'static str, rust_name: &'static str, docs: &'static [&'static str]) -> EventInfo {
    EventInfo { name, rust_name, docs, place: ("", 0, 0), module: "", library: None }
}

/// Describes the events of the library that was declared in this module: its own in source order,
/// then those that every library has. There are some only where there are contexts.
pub(crate) fn describe(library: &str, module: &str, schema: &mut SchemaBuilder) -> Vec<schema::Event> {
    let mut own: Vec<_> = inventory::iter::<EventEntry>().filter(|entry| entry.info.is_of(library, module)).collect();
    few::sort(&mut own, |a, b| (a.info.place, a.info.name) < (b.info.place, b.info.name));
    let own: Vec<_> = own.into_iter().map(|entry| entry.event(schema, false)).collect();
    own.into_iter().chain(BUILTIN.map(|entry| entry.event(schema, true))).collect()
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

/// The event of this name, if the library that was declared in this module has one.
pub(crate) fn find(event: &str, library: &str, module: &str) -> Option<&'static str> {
    let builtin = BUILTIN.into_iter().map(|entry| entry.info).find(|info| info.name == event);
    let is_own = |info: &EventInfo| info.name == event && info.is_of(library, module);
    let own = || inventory::iter::<EventEntry>().map(|entry| entry.info).find(is_own);
    Some(builtin.or_else(own)?.name)
}
