//! What the templates are given: every name and spelling of one header.

use super::function::{Event, Function};
use super::item::Defined;
use super::names::{Scope, namespace};
use super::order::order;
use super::types::Speller;
use crate::Error;
use crate::c;
use crate::c::docs::{comment, harmless};
use crate::model::Model;
use crate::model::surface::{Named, Surface};
use ffi_runtime::schema::{Library, Options, Type};
use heck::ToUpperCamelCase;
use serde::Serialize;

/// What every class has.
const CLASS: [&str; 15] = [
    "close",
    "poll_fd",
    "dispatch",
    "on_any",
    "on_stale",
    "native_handle",
    "create_",
    "created_",
    "begin_",
    "at_once_",
    "listen_",
    "end_",
    "closed_",
    "ctx_",
    "shared_",
];

/// What an event's struct has and mentions, and the one for events that are not known.
const EVENT: [&str; 5] = ["name", "form", "payload", "unknown", "ffi"];

/// One header.
#[derive(Serialize)]
pub(super) struct Header<'a> {
    lib: &'a str,
    /// What macros begin with.
    #[serde(rename = "LIB")]
    macros: String,
    /// The namespace.
    ns: &'a str,
    class: String,
    version: String,
    docs: Vec<String>,
    context_docs: Vec<String>,
    options: Options,
    numbers: Vec<Number>,
    types: Vec<Defined>,
    constructor: Option<Function>,
    methods: Vec<Function>,
    stateless: Vec<Function>,
    exports: Vec<Function>,
    events: Vec<Event>,
}

/// A type that is the same in C and C++.
#[derive(Serialize)]
struct Number {
    /// What its form and its helpers in C are called.
    name: String,
    ty: String,
    c: String,
}

/// The header's names while they are taken.
struct Scopes {
    namespace: Scope,
    class: Scope,
    /// The descriptions of what is called with a callback, whoever has it.
    calls: Scope,
}

pub(super) struct Namespace(String);

impl Namespace {
    /// The namespace of the model's library.
    pub(super) fn of(model: &Model<'_>) -> Self {
        Self(namespace(&model.library.name))
    }
}

impl<'a> Header<'a> {
    /// Resolves every name, or says which two collide.
    pub(super) fn new(model: &Model<'a>, ns: &'a Namespace) -> Result<Self, Error> {
        let (library, surface) = (model.library, Surface::new(model.library));
        let c = c::types::Speller { lib: &library.name };
        let spell = Speller { namespace: &ns.0, c, defs: &library.types };
        let class = class_name(library);
        let mut scopes = Scopes::new(&class, surface.constructor.is_some())?;
        let types = types(model, spell, &mut scopes.namespace)?;
        let events = events(&surface, spell, &mut scopes.class)?;
        Ok(Self {
            lib: &library.name,
            macros: library.name.to_uppercase(),
            ns: &ns.0,
            version: harmless(&library.version),
            docs: comment(&library.docs),
            context_docs: context_docs(&library.docs, &class),
            options: library.options,
            numbers: numbers(spell),
            types,
            constructor: surface.constructor.iter().map(|it| scopes.method(it, spell)).next().transpose()?,
            methods: surface.methods.iter().map(|it| scopes.method(it, spell)).collect::<Result<_, _>>()?,
            stateless: surface.stateless.iter().map(|it| scopes.stateless(it, spell)).collect::<Result<_, _>>()?,
            exports: functions(&surface.exports, spell, &mut scopes.namespace)?,
            events,
            class,
        })
    }
}

impl Scopes {
    fn new(class: &str, has_class: bool) -> Result<Self, Error> {
        let mut namespace = Scope::with_fixed(if has_class { &["ffi", "events", "Event"] } else { &["ffi"] });
        if has_class {
            namespace.add(class, "the library's class")?;
        }
        let mut in_class = Scope::with_fixed(&CLASS);
        in_class.add(class, "the library's class")?;
        Ok(Self { namespace, class: in_class, calls: Scope::new(&[]) })
    }

    fn method(&mut self, named: &Named<'_>, spell: Speller<'_>) -> Result<Function, Error> {
        let function = Function::new(named, spell, &mut self.class)?;
        self.calls.add(function.name(), &format!("the function {}", named.function.name))?;
        Ok(function)
    }

    fn stateless(&mut self, named: &Named<'_>, spell: Speller<'_>) -> Result<Function, Error> {
        let function = Function::new(named, spell, &mut self.namespace)?;
        self.calls.add(function.name(), &format!("the function {}", named.function.name))?;
        Ok(function)
    }
}

fn types(model: &Model<'_>, spell: Speller<'_>, scope: &mut Scope) -> Result<Vec<Defined>, Error> {
    let names = c::names(model)?;
    order(&model.items).iter().map(|(item, whole)| Defined::new(item, whole, spell, &names, scope)).collect()
}

fn functions(named: &[Named<'_>], spell: Speller<'_>, scope: &mut Scope) -> Result<Vec<Function>, Error> {
    named.iter().map(|it| Function::new(it, spell, scope)).collect()
}

fn events(surface: &Surface<'_>, spell: Speller<'_>, class: &mut Scope) -> Result<Vec<Event>, Error> {
    let mut scope = Scope::new(&EVENT);
    surface.events.iter().map(|event| Event::new(event, spell, &mut scope, class)).collect()
}

/// `MyTimer` for `my_timer`, `MyTimerContext` where a type has that name.
fn class_name(library: &Library) -> String {
    let name = library.name.to_upper_camel_case();
    let is_taken = name.is_empty() || library.types.iter().any(|def| def.name == name);
    if is_taken { format!("{name}Context") } else { name }
}

fn context_docs(docs: &str, class: &str) -> Vec<String> {
    let rule = format!(
        "A context of the library. It ends, and waits for its end, where it goes out of scope: from then on none\n\
         of its callbacks runs. Its const methods may be called from any thread; {class}<ffi::Cbor> is the same over CBOR."
    );
    comment(&if docs.is_empty() { rule } else { format!("{docs}\n\n{rule}") })
}

fn numbers(spell: Speller<'_>) -> Vec<Number> {
    let all = [
        Type::I8,
        Type::I16,
        Type::I32,
        Type::I64,
        Type::U8,
        Type::U16,
        Type::U32,
        Type::U64,
        Type::Isize,
        Type::Usize,
        Type::F32,
        Type::F64,
    ];
    let number = |ty: &Type| Number { ty: spell.ty(ty), c: spell.c.ty(ty), name: crate::model::item_name(ty) };
    all.iter().map(number).collect()
}
