//! What an event's annotation declares: its name, its payload and the library that it belongs to.

use crate::declare::Answer;
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
    pub(super) info: EventInfo,
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

    pub(super) fn event(&self, schema: &mut SchemaBuilder, builtin: bool) -> schema::Event {
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
