//! Events: each annotated one is a type that implements [`Event`].

use super::returns::Answer;
use crate::schema::Text;
use crate::value::types::FfiType;

/// The name of an event, its documentation and its place in the source.
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
    /// The library whose event it is.
    pub library: &'static str,
    /// The library's form of text, where the library is declared in the same crate, or where it does not matter.
    pub text: Option<Text>,
}

/// One event function.
///
/// Generated code implements it for a type without a value.
///
/// # Safety
/// No other event of the library may have the name with another payload: listeners that ask for
/// the name read the payload that the library's description gives to it. [`EventInfo::text`] must be the library's form of
/// text, unless it is none or there is no text in the payload.
pub unsafe trait Event: 'static {
    /// The event's only parameter, a record of its parameters, or nothing.
    type Payload: Payload;
    /// Name and place.
    const INFO: EventInfo;
}

/// The payload of an event: a type that crosses, or nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross the FFI boundary",
    label = "not a type that crosses",
    note = "put `#[ffi]` on your own type; an event tells built-in types that cross, and structs and enums with `#[ffi]` on them",
    note = "instead of an `Rc` write an `Arc`; what a cell or a lock holds crosses as the value itself; a key of a map or a set is `Eq` and `Hash`, or `Ord`, which no float is"
)]
pub trait Payload: Answer {}

impl<T: FfiType> Payload for T {}

impl Payload for () {}
