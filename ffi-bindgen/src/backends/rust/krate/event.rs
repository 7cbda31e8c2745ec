//! Names one event in Rust.

use crate::backends::rust::docs::comment;
use crate::backends::rust::names::snake;
use crate::backends::rust::types::{MODULE, Types};
use crate::model::scope::Scope;
use ffi_runtime::schema::Event as SchemaEvent;
use serde::Serialize;

/// An event, with the method that calls back and the one that makes a stream.
#[derive(Serialize)]
pub(super) struct Event {
    name: String,
    /// `on_echo_fired`
    method: String,
    /// `echo_fired_stream`
    stream: String,
    docs: Vec<String>,
    /// The listener's parameter; empty where there is none.
    payload: String,
    /// What a stream gives.
    item: String,
    /// The shape of that.
    shape: String,
}

impl Event {
    pub(super) fn new(event: &SchemaEvent, types: &Types<'_>, scope: &mut Scope<'_>) -> Self {
        let name = snake(&event.name);
        let stem = name.strip_prefix("on_").unwrap_or(&name).trim_start_matches('_');
        let stem = if stem.is_empty() { &name } else { stem };
        let mark = if stem.starts_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
        let payload = event.payload.as_ref().map(|ty| types.owned(ty, MODULE));
        Self {
            name: event.name.clone(),
            method: scope.claim(&event.name, &format!("on_{stem}")),
            stream: scope.claim(&event.name, &format!("{mark}{}_stream", stem.trim_end_matches('_'))),
            docs: comment(&event.docs, &format!("The event `{}`.", event.name)),
            shape: event.payload.as_ref().map_or_else(|| "()".to_owned(), |ty| types.shape(ty)),
            item: payload.clone().unwrap_or_else(|| "()".to_owned()),
            payload: payload.unwrap_or_default(),
        }
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        [&self.method, &self.stream].into_iter().map(String::as_str)
    }

    /// Whether its payload is a described type.
    pub(super) fn has_described_payload(&self) -> bool {
        self.payload.contains(MODULE)
    }
}
