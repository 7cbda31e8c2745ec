//! Events: what a library tells its hosts without being asked.
//!
//! - An event function fires in the context in whose handler it is called, and does nothing
//!   outside of any.
//! - [`Events`] takes a context to tasks and threads of the author's own.

use crate::handler::Answer;
use crate::library::Library;
use crate::schema::{SchemaBuilder, Type};

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
    /// Whether the event is one of this library's.
    pub(crate) fn is_of<S: Library>(&self) -> bool {
        self.library.map_or_else(|| krate(self.module) == krate(S::MODULE), |library| library == S::NAME)
    }
}

/// The crate that a module is in.
fn krate(module: &str) -> &str {
    module.split("::").next().unwrap_or_default()
}

/// One event function.
///
/// Implemented by generated code on a type without a value.
pub trait Event: 'static {
    /// What the event tells: its only parameter, a record of its parameters, or nothing.
    type Payload: Answer + Send;
    /// Name and place.
    const INFO: EventInfo;
}

/// One event, as it is found by name or listed in the schema.
#[derive(Debug)]
pub struct EventEntry {
    info: EventInfo,
    describe: fn(&mut SchemaBuilder) -> Option<Type>,
}

inventory::collect!(EventEntry);

impl EventEntry {
    /// The entry of an event.
    pub const fn new<E: Event>() -> Self {
        Self { info: E::INFO, describe: <E::Payload as Answer>::describe }
    }
}

/// Fires an event in the context that this thread is serving, if it is one of the event's
/// library.
pub fn fire<E: Event>(_payload: E::Payload) {}
