//! The vectors that every language's bindings must pass: what a function of the library `every` is
//! asked, and what it answers, as values and as the bytes that cross the CBOR path.
//!
//! `vectors/every.json` holds them. A value is written as [`ffi_bindgen::Codec`] says; bytes are
//! hexadecimal digits. A host runs all of them, in order, with a context of its own for each path.

#![forbid(unsafe_code)]

mod value;

pub use value::Value;

use ffi_runtime::schema::{Function, Library};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The file of vectors.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Vectors {
    /// The library they are made from.
    pub library: String,
    /// How its context is made.
    pub setup: Setup,
    /// What is asked and answered, in this order.
    pub vectors: Vec<Vector>,
}

/// How a context is made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Setup {
    /// The constructor's symbol.
    pub function: String,
    /// Its arguments by name.
    pub request: Json,
    /// The same as they cross the CBOR path.
    #[serde(default)]
    pub request_cbor: String,
}

/// One call, and what comes of it: a response or an error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Vector {
    /// What the vector is about; no two have the same.
    pub name: String,
    /// The function's symbol.
    pub function: String,
    /// The arguments by name.
    pub request: Json,
    /// The same as they cross the CBOR path; none for an export.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_cbor: Option<String>,
    /// The result, unless it is an error.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub response: Option<Json>,
    /// The same as it crosses the CBOR path; none for an export.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_cbor: Option<String>,
    /// The error's exact text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The events that the call fires, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Fired>,
}

/// An event that a call fires.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fired {
    /// Its name.
    pub name: String,
    /// What it tells.
    pub payload: Json,
    /// The whole map of name and payload as it crosses the CBOR path.
    pub cbor: String,
}

/// A response of `null` is one.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Json>, D::Error> {
    Json::deserialize(deserializer).map(Some)
}

impl Vectors {
    /// The file.
    pub fn path() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/every.json")
    }

    /// Reads the file.
    ///
    /// # Panics
    /// Where it is not there or not what it should be.
    pub fn read() -> Self {
        let text = std::fs::read_to_string(Self::path()).expect("the file of vectors");
        serde_json::from_str(&text).expect("vectors")
    }

    /// The file's text: a line for each vector.
    pub fn text(&self) -> String {
        let mut text =
            format!("{{\"library\": \"{}\",\n\"setup\": {},\n\"vectors\": [\n", self.library, line(&self.setup));
        for (index, vector) in self.vectors.iter().enumerate() {
            let comma = if index + 1 < self.vectors.len() { "," } else { "" };
            writeln!(text, "{}{comma}", line(vector)).expect("a String takes everything");
        }
        text.push_str("]}\n");
        text
    }
}

fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("a value of JSON")
}

impl Vector {
    /// The function that is called.
    ///
    /// # Panics
    /// Where the library has none of this name.
    pub fn function<'l>(&self, library: &'l Library) -> &'l Function {
        let named = library.functions.iter().find(|function| function.name == self.function);
        named.unwrap_or_else(|| panic!("{}: no function {}", self.name, self.function))
    }

    /// The arguments, in the order of the parameters.
    pub fn arguments(&self, library: &Library) -> Vec<Value> {
        let params = &self.function(library).params;
        params.iter().map(|param| Value::new(library, &param.ty, &self.request[&param.name])).collect()
    }

    /// The result, unless it is an error.
    pub fn result(&self, library: &Library) -> Option<Value> {
        let returns = self.function(library).returns.as_ref();
        self.response.as_ref().map(|response| Value::of(library, returns, response))
    }
}

impl Fired {
    /// What the event tells.
    ///
    /// # Panics
    /// Where the library has no event of this name.
    pub fn value(&self, library: &Library) -> Value {
        let event = library.events.iter().find(|event| event.name == self.name).expect("an event of the library");
        Value::of(library, event.payload.as_ref(), &self.payload)
    }
}
