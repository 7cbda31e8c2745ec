//! Names one function or event in C++, and documents when it answers.

use super::names::{self, STYLE};
use super::types::{Payload, Speller};
use crate::abi::{self, docs::comment};
use crate::model::Spell as _;
use crate::model::scope::Scope;
use crate::model::surface::Named;
use ffi_runtime::schema::{Event as SchemaEvent, Function as SchemaFunction, FunctionKind, Param as SchemaParam};
use serde::Serialize;

/// What parameters stand beside: their function's template parameter, the last parameter of a constructor, and what
/// the class calls and has.
const BESIDE: &[&str] = &["Transport", "listen", "Event", "create_", "begin_", "at_once_", "ctx_", "shared_"];

/// A function as users call it.
#[derive(Serialize)]
pub(super) struct Function {
    name: String,
    symbol: String,
    /// Its description among the calls.
    call: String,
    /// The C names of its entry points.
    native: String,
    cbor: String,
    docs: Vec<String>,
    params: Vec<Param>,
    /// The parameters' declarations.
    declared: String,
    /// The parameters' names.
    arguments: String,
    answer: Payload,
    /// The form of what comes with `RET_FAILURE`, of nothing where that never comes.
    failure: String,
    /// Whether it answers on the calling thread, before it returns.
    at_once: bool,
}

#[derive(Serialize)]
struct Param {
    name: String,
    /// The key on the wire.
    key: String,
    form: String,
    /// Whether C takes a pointer to it.
    is_pointer: bool,
    #[serde(skip)]
    declaration: String,
}

/// An event as users hear it.
#[derive(Serialize)]
pub(super) struct Event {
    /// The struct.
    name: String,
    /// The method that adds a listener.
    listen: String,
    /// The name that the library knows.
    key: String,
    docs: Vec<String>,
    listen_docs: Vec<String>,
    payload: Payload,
}

impl Function {
    /// Takes the function's name in the scope where it is called, and among the calls. Its parameters stand beside the
    /// class.
    pub(super) fn new(
        named: &Named<'_>,
        c: &abi::Function,
        class: &str,
        spell: Speller<'_>,
        scope: &mut Scope<'_>,
        calls: &mut Scope<'_>,
    ) -> Self {
        let function = named.function;
        let name = scope.claim(named.short, &names::called(named.short));
        let authors = function.params.iter().map(|param| param.name.as_str());
        let mut params_scope = Scope::new(STYLE).beside(BESIDE).among(authors);
        params_scope.fix(class);
        let params = function.params.iter().map(|param| Param::new(param, spell, &mut params_scope));
        let params = params.collect::<Vec<_>>();
        let at_once = is_at_once(function);
        Self {
            call: calls.claim("", &name),
            native: c.native.clone(),
            cbor: c.cbor.clone(),
            name,
            symbol: function.name.clone(),
            docs: documentation(named, at_once, &params, spell),
            declared: joined(&params, |param| &param.declaration),
            arguments: joined(&params, |param| &param.name),
            params,
            answer: spell.payload(function.returns.as_ref()),
            failure: spell.payload(function.error.as_ref()).form,
            at_once,
        }
    }
}

impl Param {
    fn new(param: &SchemaParam, spell: Speller<'_>, scope: &mut Scope<'_>) -> Self {
        let name = scope.claim(&param.name, &param.name);
        Self {
            key: param.name.clone(),
            form: spell.form(&param.ty),
            is_pointer: spell.c.is_pointer(&param.ty),
            declaration: spell.declare(&param.ty, &name),
            name,
        }
    }
}

impl Event {
    /// Takes the event's names: of its struct among the events, and of its method in the class.
    pub(super) fn new(event: &SchemaEvent, spell: Speller<'_>, events: &mut Scope<'_>, class: &mut Scope<'_>) -> Self {
        let listen = if event.name.starts_with("on_") { event.name.clone() } else { format!("on_{}", event.name) };
        let rule = "Has the handler called, on a thread of the library, at each firing from now on; the second \
                    function\nwith what it could not hear: how many events were dropped, or a payload that cannot be read.";
        Self {
            name: events.claim(&event.name, &event.name),
            listen: class.claim(&event.name, &listen),
            key: event.name.clone(),
            docs: comment(&event.docs),
            listen_docs: comment(&paragraphs(&[&event.docs, rule])),
            payload: spell.payload(event.payload.as_ref()),
        }
    }
}

fn joined<'p>(params: &'p [Param], part: impl Fn(&'p Param) -> &'p String) -> String {
    params.iter().map(part).map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// Whether the answer is there when the call returns: an async one may have to wait.
fn is_at_once(function: &SchemaFunction) -> bool {
    match function.kind {
        FunctionKind::Method => function.inline && !function.is_async,
        FunctionKind::Stateless => !function.is_async,
        FunctionKind::Export => true,
        FunctionKind::Constructor | FunctionKind::Destructor => false,
    }
}

/// The author's words, and when the answer comes.
fn documentation(named: &Named<'_>, at_once: bool, params: &[Param], spell: Speller<'_>) -> Vec<String> {
    let function = named.function;
    let documented = function.params.iter().zip(params).filter(|(param, _)| !param.docs.is_empty());
    let params: Vec<_> = documented.map(|(param, it)| format!("@param {} {}", it.name, param.docs)).collect();
    let when = match function.kind {
        FunctionKind::Constructor => "Makes a context, which is the answer.".to_owned(),
        FunctionKind::Export => {
            "Returns directly. Where it cannot it returns 0, and ffi::last_error() says why.".into()
        }
        FunctionKind::Method | FunctionKind::Destructor | FunctionKind::Stateless if at_once => {
            "Answers on the calling thread.".to_owned()
        }
        FunctionKind::Method | FunctionKind::Destructor | FunctionKind::Stateless => function
            .deadline_ms
            .map(|ms| format!("Answers within {ms} ms, or with Kind::deadline."))
            .unwrap_or_default(),
    };
    let fails = named.error.map(|error| format!("Its own error is a {}, in Error::failure.", spell.spell(error)));
    comment(&paragraphs(&[&function.docs, &params.join("\n"), &fails.unwrap_or_default(), &when]))
}

/// Texts with an empty line between, those that are there.
fn paragraphs(texts: &[&str]) -> String {
    texts.iter().filter(|text| !text.is_empty()).copied().collect::<Vec<_>>().join("\n\n")
}
