//! Names one function in C, with its parameters and what its callback is given.

use super::claims::FunctionNames;
use super::docs::comment;
use super::names::members;
use super::symbols::cbor;
use super::types::{Passed, Speller, declare, pointer_to, pointer_to_const};
use crate::model::answer_type;
use crate::model::scope::Scope;
use ffi_runtime::schema::{Function as SchemaFunction, FunctionKind, Param as SchemaParam, Type};
use serde::Serialize;

/// Names that stand beside the parameters, in a prototype or in a request's helper.
const BESIDE: &[&str] = &["ctx", "cb", "user_data", "buf", "cap", "writer"];

/// A function with its two entry points and its two helpers.
#[derive(Serialize)]
pub(crate) struct Function {
    /// The symbol, by which other hosts know it.
    pub(crate) name: String,
    /// The C name of the native path's entry point, and the symbol where that is another.
    pub(crate) native: String,
    label: Option<String>,
    /// The same of the CBOR path's.
    pub(crate) cbor: String,
    cbor_label: Option<String>,
    /// The functions that write a request, read a response, and compare the library first.
    request: String,
    response_of: String,
    checked: String,
    kind: FunctionKind,
    docs: Vec<String>,
    params: Vec<Param>,
    answer: Answer,
    /// What an export returns, if anything.
    result: Option<String>,
    is_async: bool,
    inline: bool,
    deadline_ms: Option<u64>,
    droppable: bool,
    /// What a response decodes to, if it is more than null.
    response: Option<Response>,
    /// What comes with `RET_FAILURE`, if that comes.
    failure: Option<Failure>,
}

#[derive(Serialize)]
struct Param {
    /// The C name.
    name: String,
    /// The key on the wire.
    key: String,
    docs: Vec<String>,
    declaration: String,
    codec: String,
    /// Whether it points to its value.
    is_pointer: bool,
}

/// What the callback gets on the native path.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Answer {
    Nothing,
    Handle,
    Text,
    Bytes,
    Value { pointer: String },
}

/// What a function fails with that says more than a text.
#[derive(Serialize)]
struct Failure {
    /// What the callback gets on the native path.
    pointer: String,
    /// The function that reads it on the CBOR path.
    helper: String,
    response: Response,
}

#[derive(Serialize)]
pub(super) struct Response {
    codec: String,
    /// Declares `out`, where the result goes.
    out: String,
}

impl Function {
    /// Whether C has another name for it than its symbol.
    pub(super) fn is_labelled(&self) -> bool {
        self.label.is_some() || self.cbor_label.is_some()
    }

    pub(super) fn new(function: &SchemaFunction, names: &FunctionNames, spell: Speller<'_>) -> Self {
        let answer = Answer::new(function, spell);
        let authors = function.params.iter().map(|param| param.name.as_str());
        let mut members = members(&spell.names.top).beside(BESIDE).among(authors);
        let params = function.params.iter().map(|param| Param::new(param, spell, &mut members));
        let response = answer_type(function).map(|ty| Response::new(ty, spell));
        let label = |name: &str, symbol: String| (name != symbol).then_some(symbol);
        Self {
            name: function.name.clone(),
            native: names.native.clone(),
            label: label(&names.native, function.name.clone()),
            cbor: names.cbor.clone(),
            cbor_label: label(&names.cbor, cbor(&function.name)),
            request: names.request.clone(),
            response_of: names.response.clone(),
            checked: names.checked.clone(),
            kind: function.kind,
            docs: comment(&function.docs),
            params: params.collect(),
            answer,
            result: function.returns.as_ref().map(|ty| spell.ty(ty)),
            is_async: function.is_async,
            inline: function.inline,
            deadline_ms: function.deadline_ms,
            droppable: function.droppable,
            response,
            failure: function.error.as_ref().map(|ty| Failure::new(ty, names, spell)),
        }
    }
}

impl Param {
    fn new(param: &SchemaParam, spell: Speller<'_>, members: &mut Scope<'_>) -> Self {
        let name = members.claim(&param.name, &param.name);
        Self {
            key: param.name.clone(),
            docs: comment(&param.docs),
            declaration: declare(&spell.param(&param.ty), &name),
            codec: spell.codec(&param.ty),
            is_pointer: spell.is_pointer(&param.ty),
            name,
        }
    }
}

impl Answer {
    fn new(function: &SchemaFunction, spell: Speller<'_>) -> Self {
        match function.kind {
            FunctionKind::Constructor => Self::Handle,
            FunctionKind::Method | FunctionKind::Destructor | FunctionKind::Stateless | FunctionKind::Export => {
                Self::of(function.returns.as_ref(), spell)
            }
        }
    }

    /// What stands for a value of this type, or for nothing.
    pub(super) fn of(ty: Option<&Type>, spell: Speller<'_>) -> Self {
        let Some(ty) = ty else { return Self::Nothing };
        match Passed::of(ty) {
            Passed::Text => Self::Text,
            Passed::Bytes => Self::Bytes,
            Passed::Pointer => Self::Value { pointer: pointer_to_const(&spell.ty(ty)) },
        }
    }
}

impl Failure {
    fn new(ty: &Type, names: &FunctionNames, spell: Speller<'_>) -> Self {
        let (pointer, helper) = (pointer_to_const(&spell.ty(ty)), names.failure.clone());
        Self { pointer, helper, response: Response::new(ty, spell) }
    }
}

impl Response {
    pub(super) fn new(ty: &Type, spell: Speller<'_>) -> Self {
        Self { codec: spell.codec(ty), out: declare(&pointer_to(&spell.ty(ty)), "out") }
    }
}
