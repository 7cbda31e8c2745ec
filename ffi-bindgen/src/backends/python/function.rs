//! Names functions and events in Python.

use super::docs::docstring;
use super::names::{STYLE, camel, snake};
use super::spell::{Types, letters, typed};
use super::types::Tree;
use crate::abi::{self, Speller};
use crate::model::Kind;
use crate::model::scope::Scope;
use crate::model::surface::Named;
use ffi_runtime::schema::{Event as SchemaEvent, Function as SchemaFunction, Param as SchemaParam, Type};
use serde::Serialize;
use std::collections::BTreeSet;

/// Names that mean something in the body of a method.
const PARAMETERS: &[&str] = &[
    "self",
    "cls",
    "timeout",
    "transport",
    "callback",
    "make",
    "listen",
    "opened",
    "first",
    "on_dropped",
    "arguments",
    "wire",
    "builtins",
    "typing",
    "datetime",
    "ffi",
    "ipaddress",
    "lib",
    "pathlib",
    "error_of",
    "TracebackType",
    "Transport",
    "_context",
    "_events",
    "_flattened",
    "_runtime",
    "_standard",
    "_types",
    "_check_export",
    "_arguments",
    "_error",
    "_result",
    "_value",
    "bool",
    "ord",
    "chr",
];

/// A function.
#[derive(Serialize)]
pub(super) struct Function<'a> {
    /// As the C header has it.
    c: &'a abi::Function,
    /// The name in the code: the symbol's, without the library's.
    short: String,
    /// The name that callers see.
    method: String,
    docs: Vec<String>,
    params: Vec<Param>,
    returns: Option<Tree>,
    /// What comes with `RET_FAILURE`, and the class of what is raised then.
    failure: Option<Tree>,
    raises: Option<String>,
    /// Whether it is a class for the variant of the error, which derives from that one.
    raises_by_variant: bool,
    /// What callers get.
    annotation: String,
    /// The streams that its request needs.
    streams: Vec<&'static str>,
    /// The same with their types.
    typed: Vec<&'static str>,
    /// An export's types in C, of scalars alone.
    cdef_result: String,
    cdef_params: Vec<String>,
}

#[derive(Serialize)]
struct Param {
    name: String,
    /// The key on the wire.
    key: String,
    annotation: String,
    ty: Tree,
}

/// An event.
#[derive(Serialize)]
pub(super) struct Event {
    name: String,
    /// The class that streams give.
    class: String,
    /// The method that adds a callback.
    method: String,
    docs: Vec<String>,
    docs_callback: Vec<String>,
    docs_callback_blocking: Vec<String>,
    ty: Option<Tree>,
    /// The payload's type, where the types stand.
    annotation: String,
    /// The same elsewhere.
    annotation_elsewhere: String,
}

impl<'a> Function<'a> {
    /// `c` is the same function in the C header. Takes its names in the scopes of the class and of the code.
    pub(super) fn new(
        named: Named<'a>,
        c: &'a abi::Function,
        types: &Types<'_>,
        class: &mut Scope<'_>,
        code: &mut Scope<'_>,
    ) -> Self {
        let function = named.function;
        let authors = function.params.iter().map(|param| param.name.as_str());
        let mut scope = Scope::new(STYLE).beside(PARAMETERS).among(authors);
        let params = function.params.iter().map(|param| Param::new(param, types, &mut scope));
        let streams: BTreeSet<usize> = function.params.iter().flat_map(|param| types.reached_by(&param.ty)).collect();
        let returns = function.returns.as_ref();
        let raises = function.error.as_ref().map(|ty| types.raised(ty).to_owned());
        Self {
            c,
            short: code.claim(named.short, named.short),
            method: class.claim(named.short, &snake(named.short)),
            docs: documentation(function, raises.as_deref()),
            params: params.collect(),
            returns: returns.map(|ty| types.tree(ty)),
            failure: function.error.as_ref().map(|ty| types.tree(ty)),
            raises_by_variant: function.error.as_ref().is_some_and(|ty| !types.raised_for(ty).is_empty()),
            raises,
            annotation: returns.map_or_else(|| "None".to_owned(), |ty| types.annotation(ty, "_types.")),
            streams: letters(&streams),
            typed: typed(&streams),
            cdef_result: returns.map_or_else(|| "void".to_owned(), |ty| cdef(types.c, ty)),
            cdef_params: function.params.iter().map(|param| cdef(types.c, &param.ty)).collect(),
        }
    }
}

/// The author's words, and what is raised for the function's own error.
fn documentation(function: &SchemaFunction, raises: Option<&str>) -> Vec<String> {
    let mut docs = docstring(&function.docs, &format!("Calls `{}`.", function.name));
    docs.extend(raises.into_iter().flat_map(|class| [String::new(), format!("Raises {class} with its own error.")]));
    docs
}

impl Param {
    fn new(param: &SchemaParam, types: &Types<'_>, scope: &mut Scope<'_>) -> Self {
        Self {
            name: scope.claim(&param.name, &snake(&param.name)),
            key: param.name.clone(),
            annotation: types.taken(&param.ty),
            ty: types.tree(&param.ty),
        }
    }
}

impl Event {
    /// Takes its names in the scopes of the package and of the class.
    pub(super) fn new(event: &SchemaEvent, types: &Types<'_>, package: &mut Scope<'_>, class: &mut Scope<'_>) -> Self {
        let name = snake(&event.name);
        let method = if name.starts_with("on_") { name } else { format!("on_{name}") };
        let instead = format!("`{}` was fired.", event.name);
        let thread = |thread: &str| {
            let mut docs = docstring(&event.docs, &instead);
            docs.extend([
                String::new(),
                format!("Calls `callback` {thread} each time, until the listener is removed."),
            ]);
            docs
        };
        let payload = |prefix| event.payload.as_ref().map_or_else(String::new, |ty| types.annotation(ty, prefix));
        Self {
            class: package.claim("", &format!("{}Event", camel(&event.name))),
            method: class.claim(&event.name, &method),
            docs: docstring(&event.docs, &instead),
            docs_callback: thread("in the event loop that runs now"),
            docs_callback_blocking: thread("on a thread of its own"),
            ty: event.payload.as_ref().map(|ty| types.tree(ty)),
            annotation: payload(""),
            annotation_elsewhere: payload("_types."),
            name: event.name.clone(),
        }
    }
}

/// The scalar in C, an enumeration among them; nothing else crosses an export.
fn cdef(c: Speller<'_>, ty: &Type) -> String {
    let kind = Kind::of(ty);
    if matches!(kind, Kind::Named(_)) {
        return "int32_t".to_owned();
    }
    if kind.is_scalar() { c.ty(ty) } else { "void".to_owned() }
}
