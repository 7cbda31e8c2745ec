//! Names one event in C: the constant, and the helper that reads its message.

use super::claims::EventNames;
use super::docs::comment;
use super::function::{Answer, Response};
use super::types::Speller;
use ffi_runtime::schema::Event as SchemaEvent;
use serde::Serialize;

/// An event with the constant of its name and the helper that reads its message.
#[derive(Serialize)]
pub(super) struct Event {
    /// What listeners give.
    name: String,
    /// The constant that is the name.
    r#macro: String,
    /// The function that reads a message of the CBOR path.
    helper: String,
    docs: Vec<String>,
    answer: Answer,
    /// What the payload decodes to, if it is more than null.
    response: Option<Response>,
}

impl Event {
    pub(super) fn new(event: &SchemaEvent, names: &EventNames, spell: Speller<'_>) -> Self {
        Self {
            name: event.name.clone(),
            r#macro: names.r#macro.clone(),
            helper: names.helper.clone(),
            docs: comment(&event.docs),
            answer: Answer::of(event.payload.as_ref(), spell),
            response: event.payload.as_ref().map(|ty| Response::new(ty, spell)),
        }
    }
}
