//! Values as JSON, for people and programs that have no generated bindings.
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

use ciborium::Value as Cbor;
use ffi_runtime::schema::{Event, Function, FunctionKind, Library, Param, Type, TypeDef};
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
        let returns = match function.kind {
            FunctionKind::Constructor => Some(&Type::String),
            _ => function.returns.as_ref(),
        };
        let place = Place::root(&function.name);
        self.optional(returns, &decoded(bytes, &place)?, &place)
    }

    /// What an event's CBOR says: its `payload` alone.
    ///
    /// # Errors
    /// A [`JsonError`] where the bytes are not the CBOR of that event.
    pub fn event(self, event: &Event, bytes: &[u8]) -> Result<Json, JsonError> {
        let place = Place::root(&event.name);
        let told = decoded(bytes, &place)?;
        let payload = entry(&told, "payload").ok_or_else(|| place.fault("has no payload"))?;
        self.optional(event.payload.as_ref(), payload, &place)
    }

    /// A described type by name.
    fn def(self, name: &str, place: &Place<'_>) -> Result<&'a TypeDef, JsonError> {
        let def = self.library.types.iter().find(|def| def.name == name);
        def.ok_or_else(|| place.fault(format!("the schema does not describe the type {name}")))
    }
}

/// Which event the CBOR of one tells of.
pub fn event_name(bytes: &[u8]) -> Option<String> {
    let told: Cbor = ciborium::from_reader(bytes).ok()?;
    Some(entry(&told, "eventType")?.as_text()?.to_owned())
}

fn decoded(bytes: &[u8], place: &Place<'_>) -> Result<Cbor, JsonError> {
    ciborium::from_reader(bytes).map_err(|error| place.fault(format!("is not CBOR: {error}")))
}

fn entry<'c>(map: &'c Cbor, name: &str) -> Option<&'c Cbor> {
    map.as_map()?.iter().find(|(key, _)| key.as_text() == Some(name)).map(|(_, value)| value)
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
