//! Resolves every name and spelling of one C++ header, for its templates.

use super::collection::MapClass;
use super::data_enum;
use super::function::{Event, Function};
use super::initial::initial;
use super::item::{CNames, Defined};
use super::names::{self, STYLE};
use super::order::{Ordered, order};
use super::types::Speller;
use crate::abi::docs::{comment, harmless};
use crate::abi::{self, Abi, Uses};
use crate::model::scope::{Scope, Style};
use crate::model::surface::{Named, Surface};
use crate::model::{Int, Item, Kind, Model, Name, Spell as _};
use ffi_runtime::schema::{Library, Options, Shape, TypeDef};
use heck::ToUpperCamelCase;
use serde::Serialize;
use std::collections::BTreeMap;

/// What every class has.
const CLASS: [&str; 16] = [
    PARAMETERS[0],
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
    /// The file of the C header.
    header: String,
    /// What macros begin with.
    #[serde(rename = "LIB")]
    macros: String,
    /// The namespace.
    ns: &'a str,
    class: String,
    version: String,
    /// Whether text is NUL-terminated in C.
    has_c_text: bool,
    /// Whether a type is an enum with data.
    has_data_enums: bool,
    uses: Uses,
    /// Whether a list of pairs holds such lists.
    has_pairs: bool,
    docs: Vec<String>,
    context_docs: Vec<String>,
    options: Options,
    numbers: Vec<Number>,
    types: Vec<Defined>,
    constructor: Option<Function>,
    /// The C name of what ends a context.
    destructor: Option<String>,
    methods: Vec<Function>,
    stateless: Vec<Function>,
    exports: Vec<Function>,
    events: Vec<Event>,
    /// The types of errors that functions fail with.
    errors: Vec<String>,
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
struct Scopes<'a> {
    abi: &'a Abi<'a>,
    class_name: &'a str,
    namespace: Scope<'static>,
    class: Scope<'static>,
    /// The descriptions of what is called with a callback, whoever has it.
    calls: Scope<'static>,
}

impl<'a> Header<'a> {
    /// Resolves every name.
    pub(super) fn new(model: &Model<'a>, abi: &Abi<'_>, ns: &'a str) -> Self {
        let (library, surface) = (model.library, Surface::new(model.library));
        let mut namespace = namespace(library, &surface);
        let named = library.types.iter().map(|def| (def.name.as_str(), namespace.claim(&def.name, &type_name(def))));
        let named: BTreeMap<_, _> = named.collect();
        let spell = Speller { namespace: ns, c: abi.speller(), defs: &model.defs, types: &named };
        let class = class_name(library, &mut namespace);
        // Functions stand behind it; types do not.
        namespace.fix(PARAMETERS[0]);
        let mut scopes = Scopes::new(abi, namespace, &class, &surface);
        Self {
            lib: &library.name,
            header: abi::header_file(&library.name),
            macros: library.name.to_uppercase(),
            ns,
            version: harmless(&library.version),
            has_c_text: model.has_c_text(),
            has_data_enums: model.items.iter().any(|item| matches!(item, Item::DataEnum(..))),
            uses: abi.uses(),
            has_pairs: model.items.iter().any(|item| has_pairs(item, model)),
            docs: comment(&library.docs),
            context_docs: context_docs(&library.docs, &class),
            options: library.options,
            numbers: numbers(spell),
            types: types(model, abi, spell),
            constructor: surface.constructor.iter().map(|it| scopes.method(it, spell)).next(),
            destructor: surface.destructor.map(|it| abi.function(&it.function.name).native.clone()),
            methods: surface.methods.iter().map(|it| scopes.method(it, spell)).collect(),
            stateless: surface.stateless.iter().map(|it| scopes.free(it, spell)).collect(),
            exports: surface.exports.iter().map(|it| scopes.free(it, spell)).collect(),
            events: events(&surface, spell, &mut scopes.class),
            errors: model.failures().iter().map(|failure| spell.spell(failure.error)).collect(),
            class,
        }
    }
}

impl<'a> Scopes<'a> {
    fn new(abi: &'a Abi<'a>, namespace: Scope<'static>, class: &'a str, surface: &Surface<'_>) -> Self {
        let methods = surface.methods.iter().chain(&surface.constructor).map(|it| it.short);
        let authors = methods.chain(surface.events.iter().map(|event| event.name.as_str()));
        let mut in_class = fixed(&CLASS).among(authors);
        in_class.fix(class);
        Self { abi, class_name: class, namespace, class: in_class, calls: Scope::new(Style::FREE) }
    }

    fn method(&mut self, named: &Named<'_>, spell: Speller<'_>) -> Function {
        let c = self.abi.function(&named.function.name);
        Function::new(named, c, self.class_name, spell, &mut self.class, &mut self.calls)
    }

    fn free(&mut self, named: &Named<'_>, spell: Speller<'_>) -> Function {
        let c = self.abi.function(&named.function.name);
        Function::new(named, c, self.class_name, spell, &mut self.namespace, &mut self.calls)
    }
}

/// Whether it is a list of pairs that holds such lists.
fn has_pairs(item: &Item<'_>, model: &Model<'_>) -> bool {
    matches!(item, Item::Map(key, value) if MapClass::of(key, value, &model.defs) == MapClass::OwnPairs)
}

/// The scope of the library's namespace, with what every header has there.
fn namespace(library: &Library, surface: &Surface<'_>) -> Scope<'static> {
    let has_class = surface.constructor.is_some();
    let functions = surface.stateless.iter().chain(&surface.exports).map(|it| it.short);
    let authors = library.types.iter().map(|def| def.name.as_str()).chain(functions);
    fixed(if has_class { &["ffi", "events", "Event"] } else { &["ffi"] }).among(authors)
}

/// A scope whose names every header has.
fn fixed(names: &[&str]) -> Scope<'static> {
    let mut scope = Scope::new(STYLE);
    names.iter().for_each(|name| scope.fix(*name));
    scope
}

/// The name that a type asks for. A class has no member of its own name.
fn type_name(def: &TypeDef) -> String {
    let name = names::called(&def.name);
    let is_member = match def.shape {
        Shape::DataEnum { .. } => data_enum::BESIDE.contains(&name.as_str()),
        Shape::Record { .. } | Shape::Enumeration { .. } => false,
    };
    if is_member { format!("{name}_") } else { name }
}

fn types(model: &Model<'_>, abi: &Abi<'_>, spell: Speller<'_>) -> Vec<Defined> {
    let names = abi.members().zip(abi.variants()).map(|(members, variants)| CNames { members, variants });
    let (names, initial) = (names.collect::<Vec<_>>(), initial(&model.items));
    let defined = |it: Ordered<'_, '_>| {
        let initial = it.item.def().and_then(|def| initial.get(def.name.as_str())).copied();
        Defined::new(&it, &names[it.place], initial.unwrap_or_default(), spell)
    };
    order(&model.items).into_iter().map(defined).collect()
}

fn events(surface: &Surface<'_>, spell: Speller<'_>, class: &mut Scope<'_>) -> Vec<Event> {
    let mut scope = Scope::new(STYLE).beside(&EVENT).among(surface.events.iter().map(|event| event.name.as_str()));
    surface.events.iter().map(|event| Event::new(event, spell, &mut scope, class)).collect()
}

/// `MyTimer` for `my_timer`, `MyTimerContext` where a type has that name.
/// What templates of functions, and those in the class, call their parameters.
const PARAMETERS: [&str; 5] = ["Transport", "A", "F", "Function", "Read"];

fn class_name(library: &Library, namespace: &mut Scope<'_>) -> String {
    let name = library.name.to_upper_camel_case();
    let is_taken = name.is_empty() || namespace.has(&name) || PARAMETERS.contains(&&*name);
    let name = if is_taken { format!("{name}Context") } else { name };
    namespace.claim(&name, &name)
}

fn context_docs(docs: &str, class: &str) -> Vec<String> {
    let rule = format!(
        "A context of the library. It ends, and waits for its end, where it goes out of scope: from then on none\n\
         of its callbacks runs. Its const methods may be called from any thread; {class}<ffi::Cbor> is the same over CBOR."
    );
    comment(&if docs.is_empty() { rule } else { format!("{docs}\n\n{rule}") })
}

fn numbers(spell: Speller<'_>) -> Vec<Number> {
    let (sizes, fixed): (Vec<_>, Vec<_>) = Int::all().partition(|int| int.is_size);
    let ints = fixed.into_iter().chain(sizes).map(Kind::Int);
    let floats = [32, 64].map(|bits| Kind::Float { bits });
    let number = |kind: Kind<'_>| Number { ty: kind.spell(&spell), c: kind.form(&spell.c), name: kind.spell(&Name) };
    ints.chain(floats).map(number).collect()
}
