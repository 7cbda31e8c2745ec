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
//! | an enum with data | the name of a variant that holds nothing, else an object of the name alone: `{"Text": "a"}`, `{"Pair": [1, 2]}`, `{"Named": {…}}` |
//! | `i128`, `u128` | as every integer |
//! | a tuple, an array | an array; `[u8; N]` as bytes |
//! | a set | an array |
//! | a map with keys that are text here | an object |
//! | another map | an array of arrays of a key and a value |
//! | `Duration` | seconds and an `s`: `"1.5s"` |
//! | `SystemTime` | a text as RFC 3339 has it: `"2026-11-30T20:19:14.5Z"`; of years beyond four digits an object of `secs` and `nanos` since 1970 |
//! | paths and network addresses | a text |
//! | nothing | `null` |

/// The reader of the clients in Rust.
#[path = "../../templates/rust/runtime/cbor.rs"]
#[expect(
    dead_code,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::wildcard_enum_match_arm,
    reason = "it is as the clients need it, and a kind of item is no kind of type"
)]
mod cbor;
mod error;
mod format;
mod from_cbor;
/// The same of numbers.
#[path = "../../templates/rust/runtime/numbers.rs"]
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "what is lost is looked at")]
mod numbers;
/// The same of times.
#[path = "../../templates/rust/runtime/times.rs"]
mod times;
mod to_cbor;
/// The same of arrays of a known length.
#[path = "../../templates/rust/runtime/tuple.rs"]
mod tuple;
/// The same of enums with data.
#[path = "../../templates/rust/runtime/variant.rs"]
mod variant;

use crate::model::{Kind, answer_type};
use cbor::Reader;
use error::Fault;
use ffi_runtime::schema::{Event, Function, Library, Param, Shape, Type, TypeDef};
use serde_json::Value as Json;
use std::fmt;

/// The greatest integer that every reader of JSON takes for what it is.
const GREATEST: i128 = (1 << 53) - 1;

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

impl JsonError {
    fn of((path, fault): (String, String)) -> Self {
        Self { path, fault }
    }
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
        read(&function.name, bytes, |reader| self.optional(answer_type(function), reader))
    }

    /// What a function's failure says, with what comes with `RET_FAILURE`: an object with its `message` and its `error`.
    ///
    /// # Errors
    /// A [`JsonError`] where the bytes are not the CBOR of what the function fails with.
    pub fn failure(self, function: &Function, bytes: &[u8]) -> Result<Json, JsonError> {
        read(&function.name, bytes, |reader| self.optional(function.error.as_ref(), reader))
    }

    /// What an event's CBOR says: its `payload` alone.
    ///
    /// # Errors
    /// A [`JsonError`] where the bytes are not the CBOR of that event.
    pub fn event(self, event: &Event, bytes: &[u8]) -> Result<Json, JsonError> {
        let payload = |reader: &mut Reader<'_>| self.optional(event.payload.as_ref(), reader);
        read(&event.name, bytes, |reader| match told(reader, payload)? {
            (name, payload) if name == event.name => Ok(payload),
            (name, _) => Err(Fault::new(format!("is another event, {name:?}")).at_key("eventType")),
        })
    }

    /// Whether values of the type are texts in JSON, so that they can be the names of an object.
    fn is_text(self, ty: &Type) -> bool {
        match Kind::of(ty) {
            Kind::Char | Kind::Text | Kind::Formatted(_) => true,
            Kind::Boxed(item) => self.is_text(item),
            Kind::Named(name) => self.def(name).is_ok_and(|def| matches!(def.shape, Shape::Enumeration { .. })),
            Kind::Int(_) | Kind::Float { .. } | Kind::Bool | Kind::Bytes | Kind::Wide { .. } => false,
            Kind::Duration | Kind::Time | Kind::List(_) | Kind::Option(_) => false,
            Kind::Tuple(_) | Kind::Array(..) | Kind::Map(..) | Kind::Set(_) => false,
        }
    }

    /// A described type by what the schema calls it.
    fn def(self, name: &str) -> Result<&'a TypeDef, Fault> {
        let def = self.library.type_named(name);
        def.ok_or_else(|| Fault::new(format!("the schema does not describe the type {name}")))
    }
}

/// The name of the event in this CBOR.
///
/// # Errors
/// A [`JsonError`] where the bytes are not the CBOR of an event.
pub fn event_name(bytes: &[u8]) -> Result<String, JsonError> {
    read("an event", bytes, |reader| told(reader, Reader::skip).map(|(name, ())| name))
}

/// The name of an event, and its payload, which nests as deep as if it stood alone.
fn told<'b, T>(
    reader: &mut Reader<'b>,
    payload: impl Fn(&mut Reader<'b>) -> Result<T, Fault>,
) -> Result<(String, T), Fault> {
    let (mut name, mut found) = (None, None);
    let mut keys = reader.map()?;
    while reader.more(&mut keys)? {
        match reader.key()?.as_deref() {
            Some("eventType") => once(&mut name, "eventType", reader.text())?,
            Some("payload") => once(&mut found, "payload", reader.afresh(&payload))?,
            _ => reader.skip()?,
        }
    }
    let missing = |key: &str| Fault::new("is missing").at_key(key);
    Ok((name.ok_or_else(|| missing("eventType"))?, found.ok_or_else(|| missing("payload"))?))
}

/// Keeps the value of a key, which stands once in its map.
fn once<T>(place: &mut Option<T>, key: &str, value: Result<T, Fault>) -> Result<(), Fault> {
    match place.replace(value.map_err(|fault| fault.at_key(key))?) {
        Some(_) => Err(Fault::new("stands twice").at_key(key)),
        None => Ok(()),
    }
}

/// Reads bytes that are one value.
fn read<'b, T>(
    root: &str,
    bytes: &'b [u8],
    read: impl FnOnce(&mut Reader<'b>) -> Result<T, Fault>,
) -> Result<T, JsonError> {
    let mut reader = Reader::new(bytes);
    let value = read(&mut reader).and_then(|value| reader.end().map(|()| value));
    value.map_err(|fault| JsonError::of(fault.under(root)))
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
