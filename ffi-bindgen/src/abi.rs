//! What C sees of a library: the names, the forms of types and the symbols, each decided once.
//!
//! - [`Abi`] is made from the model once. C's header prints it, and C++, Python and Go, which include that header, take
//!   its names from here.
//! - [`symbols`] is the list of what a library exports, which every backend and tool takes its symbols from.
//! - C has one scope for types, functions and constants, so each item has a name of its own. Only two symbols of one
//!   name are an error.

mod claims;
pub(crate) mod docs;
mod event;
mod files;
mod function;
pub(crate) mod header;
mod integers;
mod item;
pub(crate) mod names;
pub(crate) mod reserved;
pub(crate) mod symbols;
mod types;
mod uses;

pub(crate) use files::header_file;
pub(crate) use function::Function;
pub(crate) use item::VariantNames;
pub(crate) use types::{Passed, Speller, declare};
pub(crate) use uses::Uses;

use crate::Error;
use crate::model::{Item as ModelItem, Model};
use claims::Names;
use docs::{comment, harmless};
use event::Event;
use ffi_runtime::schema::{FORMAT, Fingerprint, FunctionKind, Library, Options};
use integers::{Integer, integers};
use item::Item;
use serde::Serialize;
use symbols::Own;

/// A library as C sees it.
#[derive(Serialize)]
pub(crate) struct Abi<'a> {
    lib: &'a str,
    /// The file that the header stands in.
    header: String,
    /// The prefix of macros.
    #[serde(rename = "LIB")]
    macros: String,
    version: String,
    docs: Vec<String>,
    options: Options,
    pointer_bits: u32,
    /// The newest format of a schema that the check reads.
    format: u32,
    abi_hash: String,
    integers: Vec<Integer>,
    items: Vec<Item>,
    functions: Vec<Function>,
    /// Whether text is NUL-terminated, and else has a length.
    has_c_text: bool,
    /// Whether a type is an enum with data.
    has_data_enums: bool,
    /// Whether an array of a known length crosses.
    has_lengths: bool,
    uses: Uses,
    /// Whether a function returns directly.
    has_exports: bool,
    events: Vec<Event>,
    checked: Vec<Checked<'a>>,
    /// Whether a function has another name in C than its symbol.
    has_labels: bool,
    short_names: Vec<ShortName>,
    #[serde(skip)]
    names: Names<'a>,
}

/// A function of the library's own with its two names.
#[derive(Serialize)]
struct ShortName {
    short: String,
    long: String,
}

/// The short names of a library that has them.
fn short_names(library: &Library) -> Vec<ShortName> {
    let own = Own::EVERY.iter().filter(|_| library.options.short_names);
    own.map(|own| ShortName { short: own.short(&library.name), long: own.of(&library.name) }).collect()
}

/// One item whose fingerprint the check compares.
#[derive(Serialize)]
struct Checked<'a> {
    kind: &'static str,
    name: &'a str,
    fingerprint: String,
}

impl<'a> Abi<'a> {
    /// Resolves every name, or returns the two functions whose symbols collide.
    pub(crate) fn new(model: &Model<'a>) -> Result<Self, Error> {
        let library = model.library;
        let macros = library.name.to_uppercase();
        let has_data_enums = model.items.iter().any(|item| matches!(item, ModelItem::DataEnum(..)));
        let uses = Uses::of(library);
        let names = Names::new(model, &macros)?;
        let spell = Speller { names: &names };
        let functions = library.functions.iter().zip(&names.functions);
        let functions: Vec<_> = functions.map(|(function, names)| Function::new(function, names, spell)).collect();
        let events = library.events.iter().zip(&names.events).map(|(event, names)| Event::new(event, names, spell));
        Ok(Self {
            lib: &library.name,
            header: header_file(&library.name),
            macros,
            version: harmless(&library.version),
            docs: comment(&library.docs),
            options: library.options,
            pointer_bits: library.target.pointer_bits,
            format: FORMAT,
            abi_hash: hex(library.abi_hash),
            integers: integers(spell),
            items: model.items.iter().map(|item| Item::new(item, spell)).collect(),
            short_names: short_names(library),
            has_labels: functions.iter().any(Function::is_labelled),
            functions,
            has_c_text: model.has_c_text(),
            has_data_enums,
            has_lengths: has_data_enums || uses.lengths,
            uses,
            has_exports: library.functions.iter().any(|function| function.kind == FunctionKind::Export),
            events: events.collect(),
            checked: checked(model),
            names,
        })
    }

    /// Spells the types.
    pub(crate) fn speller(&self) -> Speller<'_> {
        Speller { names: &self.names }
    }

    /// What the library mentions.
    pub(crate) fn uses(&self) -> Uses {
        self.uses
    }

    /// The function with this symbol.
    pub(crate) fn function(&self, symbol: &str) -> &Function {
        self.functions.iter().find(|function| function.name == symbol).expect("a function of the library")
    }

    /// The members of each item of the model, in its order: a record's fields have names, and nothing else
    /// does.
    pub(crate) fn members(&self) -> impl Iterator<Item = Vec<&str>> {
        self.items.iter().map(Item::members)
    }

    /// The variants of each item of the model, in its order: an enum with data has some, and nothing else does.
    pub(crate) fn variants(&self) -> impl Iterator<Item = Vec<VariantNames<'_>>> {
        self.items.iter().map(Item::variants)
    }
}

/// Types come first: a changed type changes all that reaches it, so its name says more.
fn checked<'a>(model: &Model<'a>) -> Vec<Checked<'a>> {
    let entry = |kind, name, fingerprint: Fingerprint| Checked { kind, name, fingerprint: hex(fingerprint.native) };
    let types = model.items.iter().filter_map(ModelItem::def).map(|def| entry("type", &def.name, def.fingerprint));
    let functions = model.library.functions.iter().map(|f| entry("function", &f.name, f.fingerprint));
    let events = model.library.events.iter().map(|event| entry("event", &event.name, event.fingerprint));
    types.chain(functions).chain(events).collect()
}

/// A hash as C, Rust and Python write it.
pub(crate) fn hex(hash: u64) -> String {
    format!("0x{hash:016x}")
}
