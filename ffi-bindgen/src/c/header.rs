//! What the templates are given: every name and spelling of one header.

mod claims;
mod event;
mod function;
mod integers;
mod item;

use super::docs::{comment, harmless};
use super::names::Names;
use super::types::Speller;
use crate::Error;
use crate::model::{Item as ModelItem, Model};
pub(super) use claims::claim_all;
use event::Event;
use ffi_runtime::schema::{FORMAT, Fingerprint, Options};
pub(crate) use function::Function;
use integers::{Integer, integers};
use item::Item;
use serde::Serialize;

/// One header.
#[derive(Serialize)]
pub(crate) struct Header<'a> {
    lib: &'a str,
    /// What macros begin with.
    #[serde(rename = "LIB")]
    macros: String,
    version: String,
    docs: Vec<String>,
    options: Options,
    pointer_bits: u32,
    /// The newest format of a schema that the check reads.
    format: u32,
    abi_hash: String,
    integers: [Integer; 10],
    items: Vec<Item>,
    functions: Vec<Function>,
    events: Vec<Event>,
    checked: Vec<Checked<'a>>,
}

/// One item whose fingerprint the check compares.
#[derive(Serialize)]
struct Checked<'a> {
    kind: &'static str,
    name: &'a str,
    fingerprint: String,
}

impl<'a> Header<'a> {
    /// Resolves every name, or says which two collide.
    pub(crate) fn new(model: &Model<'a>) -> Result<Self, Error> {
        let library = model.library;
        let macros = library.name.to_uppercase();
        let spell = Speller { lib: &library.name };
        let names = names(model)?;
        let events = library.events.iter().map(|event| Event::new(event, spell, &macros)).collect();
        Ok(Self {
            lib: &library.name,
            macros,
            version: harmless(&library.version),
            docs: comment(&library.docs),
            options: library.options,
            pointer_bits: library.target.pointer_bits,
            format: FORMAT,
            abi_hash: hex(library.abi_hash),
            integers: integers(),
            items: model.items.iter().map(|item| Item::new(item, spell, &names)).collect::<Result<_, _>>()?,
            functions: library.functions.iter().map(|f| Function::new(f, spell, &names)).collect::<Result<_, _>>()?,
            events,
            checked: checked(model),
        })
    }

    /// The functions, in the order of the library's.
    pub(crate) fn functions(&self) -> &[Function] {
        &self.functions
    }
}

/// The names of the header's one scope.
pub(super) fn names(model: &Model<'_>) -> Result<Names, Error> {
    let lib = &model.library.name;
    claims::claim_all(model, Speller { lib }, &lib.to_uppercase())
}

/// Types come first: a changed type changes all that reaches it, and says more.
fn checked<'a>(model: &Model<'a>) -> Vec<Checked<'a>> {
    let entry = |kind, name, fingerprint: Fingerprint| Checked { kind, name, fingerprint: hex(fingerprint.native) };
    let types = model.items.iter().filter_map(|item| match item {
        ModelItem::Record(def, _) | ModelItem::Enumeration(def, _) => Some(entry("type", &def.name, def.fingerprint)),
        ModelItem::List(_) | ModelItem::Option(_) | ModelItem::Boxed(_) => None,
    });
    let functions = model.library.functions.iter().map(|f| entry("function", &f.name, f.fingerprint));
    let events = model.library.events.iter().map(|event| entry("event", &event.name, event.fingerprint));
    types.chain(functions).chain(events).collect()
}

fn hex(hash: u64) -> String {
    format!("0x{hash:016x}")
}
