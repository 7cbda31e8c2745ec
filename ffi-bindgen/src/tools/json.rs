//! Reads and writes values as JSON, for people and programs without generated bindings.
//!
//! The schema says what a value is, so that what JSON lacks can be written as text:
//!
//! | type | JSON |
//! | --- | --- |
//! | integers | a number; beyond 2^53 - 1 either way, its decimal text |
//! | floats | a number, or `"NaN"`, `"Infinity"`, `"-Infinity"`, `"-0"` |
//! | `bool` | `true` or `false` |
//! | `char` | a text of that one character |
//! | `String` | a text |
//! | bytes | a text of two hexadecimal digits for each |
//! | a list | an array |
//! | an option | `null`, or the value |
//! | a box | the value |
//! | a struct | an object by the names on the wire; an absent key is an option's `null` |
//! | an enum | the variant's name |
//! | nothing | `null` |

mod from_cbor;
mod to_cbor;

use crate::model::answer_type;
use ciborium::Value as Cbor;
use ffi_runtime::schema::{Event, Function, Library, Param, TypeDef};
use serde_json::Value as Json;
use std::fmt;

/// The greatest integer that every reader of JSON takes for what it is.
const GREATEST: i128 = (1 << 53) - 1;

/// How deep lists and maps nest, as in the library's own reader.
const NESTING: usize = 64;

/// A value that is not of its type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {fault}")]
pub struct JsonError {
    /// The function or event, and the way to the value: `my_timer_echo: req.delayMs`.
    pub path: String,
    /// What is wrong there.
    pub fault: String,
}

/// Reads and writes values of one library's types.
#[derive(Clone, Copy, Debug)]
pub struct Codec<'a> {
    library: &'a Library,
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    before: Option<&'a Place<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root(&'a str),
    Key(&'a str),
    Index(usize),
}

impl<'a> Codec<'a> {
    /// For the types of this library.
    pub fn new(library: &'a Library) -> Self {
        Self { library }
    }

    /// The CBOR of a function's request: an object with a key for each parameter.
    ///
    /// # Errors
    /// A [`JsonError`] at the first value that is not of its type.
    pub fn request(self, function: &Function, request: &Json) -> Result<Vec<u8>, JsonError> {
        let members: Vec<_> = function.params.iter().map(|Param { name, ty, .. }| (name.as_str(), ty)).collect();
        let value = self.object(&members, request, &Place::root(&function.name))?;
        let mut bytes = Vec::new();
        ciborium::into_writer(&value, &mut bytes).expect("a Vec takes every byte");
        Ok(bytes)
    }

    /// What a function's answer says. A constructor's is the handle, as text.
    ///
    /// # Errors
    /// A [`JsonError`] where the bytes are not the CBOR of what the function returns.
    pub fn response(self, function: &Function, bytes: &[u8]) -> Result<Json, JsonError> {
        let returns = answer_type(function);
        let place = Place::root(&function.name);
        self.optional(returns, &decoded(bytes, NESTING, &place)?, &place)
    }

    /// What an event's CBOR says: its `payload` alone.
    ///
    /// # Errors
    /// A [`JsonError`] where the bytes are not the CBOR of that event.
    pub fn event(self, event: &Event, bytes: &[u8]) -> Result<Json, JsonError> {
        let place = Place::root(&event.name);
        let (name, told) = told(bytes, &place)?;
        if name != event.name {
            return Err(place.fault(format!("is another event, {name:?}")));
        }
        let payload = entry(&told, "payload", &place)?.ok_or_else(|| place.fault("has no payload"))?;
        self.optional(event.payload.as_ref(), payload, &place)
    }

    /// A described type by name.
    fn def(self, name: &str, place: &Place<'_>) -> Result<&'a TypeDef, JsonError> {
        let def = self.library.types.iter().find(|def| def.name == name);
        def.ok_or_else(|| place.fault(format!("the schema does not describe the type {name}")))
    }
}

/// The name of the event in this CBOR.
///
/// # Errors
/// A [`JsonError`] where the bytes are not the CBOR of an event.
pub fn event_name(bytes: &[u8]) -> Result<String, JsonError> {
    let place = Place::root("an event");
    let (name, told) = told(bytes, &place)?;
    match entry(&told, "payload", &place)? {
        Some(_) => Ok(name),
        None => Err(place.fault("has no payload")),
    }
}

/// The name of an event, and the map that it stands in.
fn told(bytes: &[u8], place: &Place<'_>) -> Result<(String, Cbor), JsonError> {
    // The payload nests as deep as if it stood alone.
    let told = decoded(bytes, NESTING + 1, place)?;
    let name = entry(&told, "eventType", place)?.and_then(Cbor::as_text).map(str::to_owned);
    Ok((name.ok_or_else(|| place.fault("has no name"))?, told))
}

fn decoded(bytes: &[u8], nesting: usize, place: &Place<'_>) -> Result<Cbor, JsonError> {
    let mut left = bytes;
    let value = ciborium::de::from_reader_with_recursion_limit(&mut left, nesting);
    let value = value.map_err(|error| place.fault(format!("is not CBOR: {error}")))?;
    if left.is_empty() { Ok(value) } else { Err(place.fault("is followed by other bytes")) }
}

/// The value of a key, which stands once in a map.
fn entry<'c>(map: &'c Cbor, name: &str, place: &Place<'_>) -> Result<Option<&'c Cbor>, JsonError> {
    let entries = map.as_map().ok_or_else(|| place.fault("is no map"))?;
    let mut found = entries.iter().filter(|(key, _)| key.as_text() == Some(name)).map(|(_, value)| value);
    match (found.next(), found.next()) {
        (found, None) => Ok(found),
        _ => Err(place.fault(format!("the key {name} stands twice"))),
    }
}

impl<'a> Place<'a> {
    fn root(name: &'a str) -> Self {
        Self { before: None, step: Step::Root(name) }
    }

    fn key(&'a self, key: &'a str) -> Self {
        Self { before: Some(self), step: Step::Key(key) }
    }

    fn index(&'a self, index: usize) -> Self {
        Self { before: Some(self), step: Step::Index(index) }
    }

    fn fault(&self, fault: impl Into<String>) -> JsonError {
        JsonError { path: self.to_string(), fault: fault.into() }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(before) = self.before {
            before.fmt(f)?;
        }
        match (self.step, self.before.map(|before| before.step)) {
            (Step::Root(name), _) => f.write_str(name),
            (Step::Index(index), _) => write!(f, "[{index}]"),
            (Step::Key(key), Some(Step::Root(_))) => write!(f, ": {key}"),
            (Step::Key(key), _) => write!(f, ".{key}"),
        }
    }
}

#[cfg(test)]
mod tests;
