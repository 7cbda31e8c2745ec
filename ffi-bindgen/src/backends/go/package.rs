//! Resolves every name and spelling of one Go package, for its templates.

use super::docs::comment;
use super::functions::{Event, Function};
use super::imports::Imports;
use super::items::{Item, items};
use super::kinds::tuple;
use super::names::{Names, exported, package};
use super::types::{ALIAS, Ty, cgo_type};
use super::variants::DataVariant;
use crate::Error;
use crate::abi::{Abi, header_file};
use crate::model::scope::{Scope, Style};
use crate::model::surface::{Named, Surface};
use crate::model::{Holds, Item as ModelItem, Kind, Model};
use ffi_runtime::schema::{Payload, Type};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What a client's own methods are called.
const METHODS: &[&str] = &["Close", "Events"];

/// One package.
#[derive(Serialize)]
pub(super) struct Package<'a> {
    lib: &'a str,
    /// The file of the C header.
    header: String,
    /// What the linker knows the library by.
    linked: &'a str,
    package: String,
    version: String,
    /// Whether text is NUL-terminated in C.
    has_c_text: bool,
    /// Whether a type is an enum with data.
    has_data_enums: bool,
    /// Whether a value of one of its types in Go may be none of the library's.
    has_refusable: bool,
    /// Whether an integer has 128 bits.
    has_wide: bool,
    /// Whether a duration or a time crosses.
    has_times: bool,
    /// Whether a network address crosses.
    has_addresses: bool,
    /// Whether keys, values or elements stand together in what crosses: in a map, a tuple, a duration.
    has_collections: bool,
    /// Whether a map is a list of pairs.
    has_entries: bool,
    /// The structs of tuples.
    tuples: Vec<Tuple>,
    docs: Vec<String>,
    /// The C type of an event of any name, as Go names it.
    event_type: String,
    /// The C types that Go has to name otherwise.
    renamed: Vec<Renamed>,
    /// The types that are not the library's own, of those that cross.
    builtins: Vec<Ty>,
    /// What the files import.
    imports: Imports,
    items: Vec<Item>,
    client: Option<Client>,
    functions: Vec<Function>,
    exports: Vec<Function>,
    failures: Vec<Failure>,
    /// Whether an error prints what it holds.
    prints: bool,
}

/// The struct of a tuple of so many values.
#[derive(Serialize)]
struct Tuple {
    name: String,
    /// What stands for the types of its values.
    params: Vec<char>,
}

impl Tuple {
    fn new(len: usize) -> Self {
        Self { name: tuple(len), params: ('A'..).take(len).collect() }
    }
}

/// What functions fail with that says more than a text.
#[derive(Serialize)]
struct Failure {
    /// The struct of the text and the error.
    record: Ty,
    /// What its fields are called.
    message: String,
    error: String,
    /// The error.
    ty: Ty,
    is_enumeration: bool,
    /// The structs that it is one of, where it is an enum with data.
    variants: Vec<ErrorVariant>,
}

impl Failure {
    /// Whether its type prints what it holds.
    fn prints(&self) -> bool {
        let is_unit = |variant: &ErrorVariant| matches!(variant.payload, Payload::Unit);
        if self.variants.is_empty() { !self.is_enumeration } else { !self.variants.iter().all(is_unit) }
    }
}

/// A variant of an error.
#[derive(Serialize)]
struct ErrorVariant {
    name: String,
    payload: Payload,
}

/// A C type with another name.
#[derive(Serialize)]
struct Renamed {
    c: String,
    alias: String,
}

/// The type whose values are contexts.
#[derive(Serialize)]
struct Client {
    name: String,
    constructor: Function,
    methods: Vec<Function>,
    events: Vec<Event>,
    /// The C name of what ends a context.
    destructor: Option<String>,
    /// What the destructor's author says.
    close_docs: Vec<String>,
}

impl<'a> Package<'a> {
    /// Resolves every name, or says which Go has no letters for.
    pub(super) fn new(model: &'a Model<'a>, abi: &'a Abi<'a>) -> Result<Self, Error> {
        let library = model.library;
        let surface = Surface::new(library);
        let mut names = Names::new(model, abi, &surface)?;
        let items = items(model, abi, &mut names)?;
        let builtins = builtins(model, &surface, &names)?;
        let failures = failures(model, &items, &names)?;
        let client = surface.constructor.map(|constructor| Client::new(&constructor, &surface, &mut names, abi));
        let event_type = cgo_type(&format!("{}_event", library.name));
        let types = builtins.iter().chain(items.iter().map(Item::ty)).map(Ty::c).chain([&*event_type]);
        let types = types.chain(items.iter().flat_map(Item::variants).filter_map(|variant| variant.c.as_deref()));
        let types = types.chain(items.iter().filter_map(Item::entry));
        let has = |is: &dyn Fn(&ModelItem<'_>) -> bool| model.items.iter().any(is);
        let crosses = |is: &dyn Fn(&str) -> bool| builtins.iter().any(|ty| is(ty.kind));
        let lengths: BTreeSet<usize> = model.items.iter().filter_map(tuple_len).collect();
        let renamed = types.filter_map(|ty| {
            let alias = ty.strip_prefix("C.")?;
            Some(Renamed { c: alias.strip_prefix(ALIAS)?.to_owned(), alias: alias.to_owned() })
        });
        Ok(Self {
            lib: &library.name,
            renamed: renamed.collect(),
            event_type,
            header: header_file(&library.name),
            linked: model.linked,
            package: package(&library.name)?,
            has_c_text: model.has_c_text(),
            has_data_enums: has(&|item| matches!(item, ModelItem::DataEnum(..))),
            has_refusable: builtins.iter().chain(items.iter().map(Item::ty)).any(|ty| ty.is_refusable),
            has_wide: crosses(&|kind| matches!(kind, "wide")),
            has_times: crosses(&|kind| matches!(kind, "duration" | "time")),
            has_addresses: crosses(&|kind| matches!(kind, "ip_addr" | "socket_addr")),
            has_collections: crosses(&|kind| matches!(kind, "duration" | "time")) || has(&is_collection),
            has_entries: has(&|item| matches!(item, ModelItem::Map(key, _) if !names.is_key(key))),
            tuples: lengths.into_iter().map(Tuple::new).collect(),
            version: version(&library.version),
            docs: comment(&library.docs),
            imports: Imports::new(model, &surface),
            builtins,
            items,
            client: client.transpose()?,
            functions: package_functions(&surface.stateless, &mut names, abi)?,
            exports: package_functions(&surface.exports, &mut names, abi)?,
            prints: failures.iter().any(Failure::prints),
            failures,
        })
    }

    /// Whether a file would have anything in it.
    pub(super) fn needs(&self, file: &str) -> bool {
        match file {
            "client.go" | "events.go" | "subscription.go" => self.client.is_some(),
            "variants.go" => self.has_data_enums,
            "refusals.go" => self.has_refusable,
            "collections.go" => self.has_collections,
            "times.go" => self.has_times,
            "functions.go" => !self.functions.is_empty() || !self.exports.is_empty(),
            _ => true,
        }
    }
}

impl Client {
    fn new(
        constructor: &Named<'_>,
        surface: &Surface<'_>,
        names: &mut Names<'_>,
        abi: &Abi<'_>,
    ) -> Result<Self, Error> {
        let name = client_name(names)?;
        let events = surface.events.iter().map(|event| event.name.as_str());
        let authors = surface.methods.iter().map(|method| method.short).chain(events);
        let mut scope = Scope::new(Style::FREE).beside(METHODS).among(authors);
        let methods = surface.methods.iter().map(|method| {
            let name = scope.claim(method.short, &exported("a function", method.short)?);
            Function::new(method, name, names, abi)
        });
        let methods = methods.collect::<Result<_, _>>()?;
        let events = surface.events.iter().map(|event| Event::new(event, names, &mut scope));
        Ok(Self {
            name,
            methods,
            events: events.collect::<Result<_, _>>()?,
            constructor: Function::new(constructor, "New".to_owned(), names, abi)?,
            destructor: surface.destructor.map(|it| abi.function(&it.function.name).native.clone()),
            close_docs: surface.destructor.map(|it| comment(&it.function.docs)).unwrap_or_default(),
        })
    }
}

/// The library's own name, unless one of its types has it.
fn client_name(names: &mut Names<'_>) -> Result<String, Error> {
    let name = exported("the library", names.library)?;
    let name = if names.has(&name) { name + "Client" } else { name };
    Ok(names.claim(&name, &name))
}

/// What a version is made of, which no comment ends at.
fn version(text: &str) -> String {
    text.chars().filter(|&c| c.is_ascii_alphanumeric() || ".+-".contains(c)).collect()
}

fn package_functions(functions: &[Named<'_>], names: &mut Names<'_>, abi: &Abi<'_>) -> Result<Vec<Function>, Error> {
    let mut made = Vec::new();
    for function in functions {
        let name = names.claim(function.short, &exported("a function", function.short)?);
        made.push(Function::new(function, name, names, abi)?);
    }
    Ok(made)
}

fn failures(model: &Model<'_>, items: &[Item], names: &Names<'_>) -> Result<Vec<Failure>, Error> {
    let failure = |failure: crate::model::Failure<'_>| {
        let ty = Ty::new(failure.error, names)?;
        let variants = items.iter().filter(|item| *item.ty() == ty).flat_map(Item::variants);
        let variant = |it: &DataVariant| ErrorVariant { name: it.name.clone(), payload: it.payload };
        Ok(Failure {
            variants: variants.map(variant).collect(),
            record: Ty::new(failure.record, names)?,
            message: exported("a field", "message")?,
            error: exported("a field", "error")?,
            ty,
            is_enumeration: failure.is_enumeration,
        })
    };
    model.failures().into_iter().map(failure).collect()
}

/// Whether the type is read or written element by element with the help of `collections.go`.
fn is_collection(item: &ModelItem<'_>) -> bool {
    match item {
        ModelItem::DataEnum(..) | ModelItem::Tuple(_) | ModelItem::Array(..) => true,
        ModelItem::Map(..) | ModelItem::Entry(..) | ModelItem::Set(_) => true,
        ModelItem::Record(..) | ModelItem::Enumeration(..) => false,
        ModelItem::List(_) | ModelItem::Option(_) | ModelItem::Boxed(_) => false,
    }
}

/// How many values it has, where it is a tuple.
fn tuple_len(item: &ModelItem<'_>) -> Option<usize> {
    if let ModelItem::Tuple(items) = item { Some(items.len()) } else { None }
}

/// Every built-in type that crosses, once; the others are items of the model.
fn builtins(model: &Model<'_>, surface: &Surface<'_>, names: &Names<'_>) -> Result<Vec<Ty>, Error> {
    let functions =
        surface.methods.iter().chain(&surface.stateless).chain(&surface.exports).chain(&surface.constructor);
    let fields = model.items.iter().flat_map(ModelItem::mentions);
    let payloads = surface.events.iter().filter_map(|event| event.payload.as_ref());
    let all = functions.flat_map(Function::types).chain(fields).chain(payloads);
    let is_builtin = |ty: &&Type| Kind::of(ty).holds() == Holds::Nothing;
    let found = all.filter(is_builtin).map(|ty| Ok((names.items.of(ty), Ty::new(ty, names)?)));
    Ok(found.collect::<Result<BTreeMap<_, _>, Error>>()?.into_values().collect())
}
