//! The description of a function and of an event.

use super::types::{Fingerprint, Type};
use serde::{Deserialize, Serialize};

/// One exported function: two symbols, `name` and `name_cbor`; an export has the first alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Function {
    /// The symbol of the native entry point.
    pub name: String,
    /// The name in Rust, which differs where the item is renamed.
    #[serde(default)]
    pub rust_name: String,
    /// The part that the function plays in the life of a context.
    pub kind: FunctionKind,
    /// Documentation, lines separated by `\n`.
    pub docs: String,
    /// The parameters in declaration order.
    pub params: Vec<Param>,
    /// The result's type; `None` where the function returns nothing. It is `None` for a constructor, whose answer
    /// is the handle in decimal.
    pub returns: Option<Type>,
    /// What comes with `RET_FAILURE`, a record of the error's text, `message`, and of the error itself, `error`; `None`
    /// where the function has no error, or one that is a text alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Type>,
    /// Whether the handler is an `async fn`.
    pub is_async: bool,
    /// Whether the handler takes `&mut State` and so runs alone.
    pub exclusive: bool,
    /// Whether it runs on the thread that calls it. An async method that is not ready at once
    /// continues on the context's worker.
    #[serde(default)]
    pub inline: bool,
    /// How many milliseconds after its acceptance a call is answered "deadline exceeded"; `None` without a
    /// deadline.
    #[serde(default)]
    pub deadline_ms: Option<u64>,
    /// Whether cancelling a running call, or its deadline, drops the handler's future.
    #[serde(default)]
    pub droppable: bool,
    /// Fingerprints of the signature and of every type it reaches.
    pub fingerprint: Fingerprint,
}

/// The part a [`Function`] plays in the life of a context.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FunctionKind {
    /// Makes a context.
    Constructor,
    /// Runs in a context.
    Method,
    /// Ends a context.
    Destructor,
    /// Needs no context, and takes none.
    Stateless,
    /// Takes and returns scalars directly, without a callback or a CBOR entry point.
    Export,
}

/// One parameter of a [`Function`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Param {
    /// Name in C (before keywords get their underscore) and key on the wire.
    pub name: String,
    /// The name in Rust, which differs where the item is renamed.
    #[serde(default)]
    pub rust_name: String,
    /// Documentation, lines separated by `\n`.
    pub docs: String,
    /// The parameter's type.
    #[serde(rename = "type")]
    pub ty: Type,
}

/// One event, which a context fires for its listeners.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The name that listeners give, and the `eventType` on the wire.
    pub name: String,
    /// The name in Rust, which differs where the item is renamed.
    pub rust_name: String,
    /// Documentation, lines separated by `\n`.
    pub docs: String,
    /// The event's payload; `None` for an event without one.
    pub payload: Option<Type>,
    /// Whether every library with a constructor has it.
    #[serde(default)]
    pub builtin: bool,
    /// Fingerprints of the name and of every type the payload reaches.
    pub fingerprint: Fingerprint,
}
