//! Gives out every name at the top of one header.
//!
//! - Symbols are the library's: two of one name are an error, which is the only one there is. What the header adds to
//!   them makes way.
//! - A function whose symbol means something else in C has another name there, and its symbol as its label.

use super::names::{checked, event_helper, event_macro, integer_codec, of_fixed_text};
use super::symbols::{Own, cbor, entry_points};
use super::uses::Uses;
use crate::Error;
use crate::model::scope::Scope;
use crate::model::surface::has_cbor;
use crate::model::{ByPointer, Int, Item, Model, TypeNames};
use ffi_runtime::schema::{DataVariant, Event, Function, Payload, Text, Type};
use std::collections::BTreeMap;

/// The names of one header.
#[derive(Debug)]
pub(crate) struct Names<'a> {
    pub(super) lib: &'a str,
    /// The library's form of text.
    pub(super) text: Text,
    pub(super) top: Scope<'static>,
    /// What types are called as a part of other names.
    pub(super) types: TypeNames,
    /// The types that are called something else in C than the library's name and their own, by that.
    bases: BTreeMap<String, String>,
    /// The structs of the entries of maps, by those.
    entries: BTreeMap<String, String>,
    /// By the place of each function.
    pub(super) functions: Vec<FunctionNames>,
    /// By the place of each event.
    pub(super) events: Vec<EventNames>,
    /// By the type and the place of each variant.
    variants: BTreeMap<String, Vec<String>>,
    /// The structs of the variants' fields, in the same way.
    payloads: BTreeMap<String, Vec<String>>,
    pub(super) by_pointer: ByPointer,
}

/// What the header calls one function.
#[derive(Clone, Debug)]
pub(super) struct FunctionNames {
    pub(super) native: String,
    pub(super) cbor: String,
    pub(super) request: String,
    pub(super) response: String,
    pub(super) failure: String,
    pub(super) checked: String,
}

/// What the header calls one event.
#[derive(Clone, Debug)]
pub(super) struct EventNames {
    pub(super) r#macro: String,
    pub(super) helper: String,
}

impl<'a> Names<'a> {
    /// Gives out every name of the header's one scope, whose macros begin with `macros`.
    pub(super) fn new(model: &Model<'a>, macros: &str) -> Result<Self, Error> {
        let library = model.library;
        refuse_clashes(library)?;
        let symbols: Vec<String> = library.functions.iter().flat_map(entry_points).collect();
        let top = of_fixed_text(&library.name, macros, &Uses::of(library)).among(symbols.iter().map(String::as_str));
        let types = model.names.clone();
        let (bases, variants, payloads) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let mut names = Self {
            lib: &library.name,
            text: library.options.text,
            top,
            types,
            bases,
            entries: BTreeMap::new(),
            functions: Vec::new(),
            events: Vec::new(),
            variants,
            payloads,
            by_pointer: model.by_pointer.clone(),
        };
        for own in Own::EVERY.iter().filter(|_| library.options.short_names) {
            names.top.fix(own.short(&library.name));
        }
        for int in Int::all() {
            // A loop writes these names, so the text alone doesn't show them.
            integer_codec(&library.name, int).into_iter().for_each(|name| names.top.fix(name));
        }
        let called: Vec<_> = library.functions.iter().map(|function| names.entry_points(function)).collect();
        model.items.iter().for_each(|item| names.claim_item(item));
        names.functions = called.into_iter().zip(&library.functions).map(|it| names.helpers(it.0, it.1)).collect();
        names.events = library.events.iter().map(|event| names.event(event, macros)).collect();
        Ok(names)
    }

    /// The name of a type, which its helpers' names begin with.
    pub(super) fn base(&self, ty: &Type) -> String {
        let name = self.types.of(ty);
        self.bases.get(&name).cloned().unwrap_or_else(|| self.prefixed(&name))
    }

    /// The struct of a map's entries.
    pub(super) fn entry(&self, map: &Type) -> String {
        self.entries.get(&self.types.of(map)).cloned().unwrap_or_default()
    }

    /// The constants of an enum, with data or without.
    pub(crate) fn variants(&self, name: &str) -> &[String] {
        self.variants.get(name).map_or(&[], Vec::as_slice)
    }

    /// The structs of the fields of an enum's variants.
    pub(super) fn payloads(&self, name: &str) -> &[String] {
        self.payloads.get(name).map_or(&[], Vec::as_slice)
    }

    /// A name with the library's prefix.
    pub(super) fn prefixed(&self, name: &str) -> String {
        format!("{}_{name}", self.lib)
    }

    fn entry_points(&mut self, function: &Function) -> (String, String) {
        let (native, wire) = (&function.name, cbor(&function.name));
        let native = self.top.claim(native, native);
        let wire = if has_cbor(function.kind) { self.top.claim(&wire, &wire) } else { wire };
        (native, wire)
    }

    fn helpers(&mut self, (native, cbor): (String, String), function: &Function) -> FunctionNames {
        let mut helper = |name: String| if has_cbor(function.kind) { self.top.claim("", &name) } else { name };
        let request = helper(format!("{}_request", function.name));
        let response = helper(format!("{}_response", function.name));
        let failure = format!("{}_failure", function.name);
        let failure = if function.error.is_some() { helper(failure) } else { failure };
        let checked = self.top.claim("", &checked(&function.name));
        FunctionNames { native, cbor, request, response, failure, checked }
    }

    fn event(&mut self, event: &Event, macros: &str) -> EventNames {
        let helper = self.prefixed(&event_helper(event));
        EventNames { r#macro: self.top.claim("", &event_macro(event, macros)), helper: self.top.claim("", &helper) }
    }

    /// The struct of a variant's fields, whose helpers are named after it; empty where it has none.
    fn payload(&mut self, base: &str, variant: &DataVariant) -> String {
        if !has_struct(variant) {
            return String::new();
        }
        let mut name = format!("{base}_{}_fields", variant.name);
        while [name.clone(), format!("{name}_encode"), format!("{name}_decode")]
            .iter()
            .any(|it| !self.top.would_be_free(it))
        {
            name.push('_');
        }
        [name.clone(), format!("{name}_encode"), format!("{name}_decode")].into_iter().for_each(|it| self.top.fix(it));
        name
    }

    /// A box is a pointer, which has no name; its helpers have one.
    fn claim_item(&mut self, item: &Item<'_>) {
        let ty = item.ty();
        if let Item::Entry(..) = item {
            return;
        }
        let has_keys = matches!(item, Item::Map(..) | Item::Set(_));
        let helpers = |base: &str| {
            let names = ["encode", "decode", "put_key"].into_iter().take(if has_keys { 3 } else { 2 });
            names.map(|helper| format!("{base}_{helper}")).collect::<Vec<_>>()
        };
        let spelled = self.base(&ty);
        let top = &self.top;
        let is_free = |base: &str| helpers(base).iter().all(|helper| top.would_be_free(helper));
        let mut base = spelled.clone();
        while !top.would_be_free(&base) || !is_free(&base) {
            base.push('_');
        }
        helpers(&base).into_iter().for_each(|helper| self.top.fix(helper));
        self.top.fix(base.clone());
        if let Item::Map(..) = item {
            let name = self.types.of(&ty);
            let entry =
                name.strip_prefix("map2_").map_or_else(|| format!("entry_of_{name}"), |it| format!("entry2_{it}"));
            let entry = self.top.claim("", &self.prefixed(&entry));
            self.entries.insert(name, entry);
        }
        let variants: Option<Vec<&str>> = match item {
            Item::Enumeration(_, variants) => Some(variants.iter().map(|variant| &*variant.name).collect()),
            Item::DataEnum(_, variants) => Some(variants.iter().map(|variant| &*variant.name).collect()),
            Item::Record(..) | Item::List(_) | Item::Option(_) | Item::Boxed(_) => None,
            Item::Tuple(_) | Item::Array(..) | Item::Map(..) | Item::Entry(..) | Item::Set(_) => None,
        };
        if let Some((def, variants)) = item.def().zip(variants) {
            let name = |variant: &&str| self.top.claim("", &format!("{base}_{variant}"));
            self.variants.insert(def.name.clone(), variants.iter().map(name).collect());
        }
        if let Item::DataEnum(def, variants) = item {
            let payloads = variants.iter().map(|variant| self.payload(&base, variant)).collect();
            self.payloads.insert(def.name.clone(), payloads);
        }
        if base != spelled {
            self.bases.insert(self.types.of(&ty), base);
        }
    }
}

#[cfg(test)]
impl Names<'static> {
    /// The names of a library `l` without anything.
    pub(super) fn of_nothing() -> Self {
        let (bases, variants, payloads) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let by_pointer = ByPointer::default();
        let (top, types) = (of_fixed_text("l", "L", &Uses::default()), TypeNames::default());
        Self {
            lib: "l",
            text: Text::ByLength,
            top,
            types,
            bases,
            entries: BTreeMap::new(),
            functions: Vec::new(),
            events: Vec::new(),
            variants,
            payloads,
            by_pointer,
        }
    }
}

/// Whether the fields of a variant stand in a struct of their own.
fn has_struct(variant: &DataVariant) -> bool {
    match variant.payload {
        Payload::Unit | Payload::Value => false,
        Payload::Tuple | Payload::Fields => true,
    }
}

/// Two functions with a symbol of one name, or one with a symbol that every library has.
fn refuse_clashes(library: &ffi_runtime::schema::Library) -> Result<(), Error> {
    let own = Own::EVERY.iter().map(|own| (own.of(&library.name), "a part of every library".to_owned()));
    let short = Own::EVERY.iter().filter(|_| library.options.short_names);
    let short = short.map(|own| (own.short(&library.name), "a short name of the library's own".to_owned()));
    let mut taken: BTreeMap<String, String> = own.chain(short).collect();
    for function in &library.functions {
        let owner = format!("the function {}", function.name);
        for name in entry_points(function) {
            if let Some(first) = taken.insert(name.clone(), owner.clone()) {
                return Err(Error::Collision { name, first, second: owner });
            }
        }
    }
    Ok(())
}
