//! Names one function or event in Go.

use super::docs::{comment, sentence};
use super::names::{Names, PARAMETERS, exported, parameter};
use super::types::Ty;
use crate::Error;
use crate::abi::{Abi, declare};
use crate::model::scope::Scope;
use crate::model::surface::Named;
use ffi_runtime::schema::{Event as SchemaEvent, Type};
use serde::Serialize;

/// What the functions' own text uses, as names that a parameter must not hide.
const BESIDE: &[&str] = &[
    "c",
    "call",
    "callWire",
    "checkABI",
    "connection",
    "context",
    "create",
    "ctx",
    "e",
    "err",
    "failsNatively",
    "failsOnWire",
    "lent",
    "m",
    "newEncoder",
    "newMemory",
    "none",
    "options",
    "ownedError",
    "result",
    "settings",
    "settled",
    "token",
    "unsafe",
];

/// A function that answers by a callback, or an export.
#[derive(Serialize)]
pub(super) struct Function {
    /// Its symbol.
    symbol: String,
    /// The C names of its entry points.
    native: String,
    cbor: String,
    /// Its name in Go.
    name: String,
    docs: Vec<String>,
    params: Vec<Param>,
    returns: Option<Ty>,
    /// What comes with `RET_FAILURE`.
    failure: Option<Ty>,
    /// Its own error.
    error: Option<Ty>,
    /// What an export returns, in C.
    c_result: Option<String>,
    deadline_ms: Option<u64>,
    /// Whether what is no value of the library's may stand in a parameter.
    takes_refusable: bool,
}

#[derive(Serialize)]
struct Param {
    name: String,
    /// The key on the wire.
    key: String,
    docs: String,
    ty: Ty,
    /// The parameter's declaration in C.
    c: String,
    /// Whether C is given a pointer to it.
    is_pointer: bool,
}

/// An event.
#[derive(Serialize)]
pub(super) struct Event {
    /// The name that listeners give.
    event: String,
    /// The method that subscribes to it.
    name: String,
    docs: Vec<String>,
    payload: Option<Ty>,
}

impl Function {
    /// A function under the name that it has in Go.
    pub(super) fn new(named: &Named<'_>, name: String, names: &Names<'_>, abi: &Abi<'_>) -> Result<Self, Error> {
        let (function, c) = (named.function, abi.function(&named.function.name));
        let returns = function.returns.as_ref();
        let params = params(named, names)?;
        Ok(Self {
            symbol: function.name.clone(),
            native: c.native.clone(),
            cbor: c.cbor.clone(),
            name,
            docs: comment(&function.docs),
            takes_refusable: params.iter().any(|param| param.ty.is_refusable),
            params,
            returns: returns.map(|ty| Ty::new(ty, names)).transpose()?,
            failure: function.error.as_ref().map(|ty| Ty::new(ty, names)).transpose()?,
            error: named.error.map(|ty| Ty::new(ty, names)).transpose()?,
            c_result: returns.map(|ty| names.c.ty(ty)),
            deadline_ms: function.deadline_ms,
        })
    }

    /// The types that cross with it.
    pub(super) fn types<'a>(named: &Named<'a>) -> impl Iterator<Item = &'a Type> {
        named.function.params.iter().map(|param| &param.ty).chain(&named.function.returns).chain(&named.function.error)
    }
}

fn params(named: &Named<'_>, names: &Names<'_>) -> Result<Vec<Param>, Error> {
    let authors = named.function.params.iter().map(|param| param.name.as_str());
    let mut scope = Scope::new(PARAMETERS).beside(BESIDE).among(authors);
    let params = named.function.params.iter().enumerate().map(|(index, param)| {
        Ok(Param {
            name: scope.claim(&param.name, &parameter(&param.name)?),
            key: param.name.clone(),
            docs: sentence(&param.docs),
            ty: Ty::new(&param.ty, names)?,
            c: declare(&names.c.param(&param.ty), &format!("p{index}")),
            is_pointer: names.c.is_pointer(&param.ty),
        })
    });
    params.collect()
}

impl Event {
    /// An event, whose subscribing method is claimed beside the other methods.
    pub(super) fn new(event: &SchemaEvent, names: &Names<'_>, methods: &mut Scope<'_>) -> Result<Self, Error> {
        let name = exported("an event", &event.name)?;
        let starts = name.strip_prefix("On").is_some_and(|rest| rest.starts_with(char::is_uppercase));
        let name = if starts { name } else { format!("On{name}") };
        Ok(Self {
            name: methods.claim(&event.name, &name),
            event: event.name.clone(),
            docs: comment(&event.docs),
            payload: event.payload.as_ref().map(|ty| Ty::new(ty, names)).transpose()?,
        })
    }
}
