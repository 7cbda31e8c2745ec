//! Fingerprints: FNV-1a with 64 bits over a canonical text of each item.
//!
//! - An item's text lists everything the item reaches, so a change anywhere below changes the fingerprint.
//! - The native text keeps names, order, layout and the form of text. The wire text sorts fields and
//!   variants by name and numbers types by first use, since neither order nor a type's
//!   name crosses the wire; `usize` is 64 bits there and a `Box` is what it holds.
//! - Neither text holds documentation.

use super::function::{Event, Function, Param};
use super::library::{Library, Text};
use super::types::{DataVariant, Field, Fingerprint, Payload, Shape, Type, TypeDef};
use crate::insertion_sort;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::hash::Hasher as _;

impl Library {
    /// Computes every fingerprint and the hash over them, for a description that was made or changed by hand.
    /// A library's own description is sealed.
    pub fn seal(&mut self) {
        let types = Types { named: self.named_types(), text: self.options.text };
        let functions: Vec<_> = self.functions.iter().map(|function| of_function(function, &types)).collect();
        let events: Vec<_> = self.events.iter().map(|event| of_event(event, &types)).collect();
        let definitions: Vec<_> = self.types.iter().map(|def| of_type(def, &types)).collect();
        for (function, fingerprint) in self.functions.iter_mut().zip(functions) {
            function.fingerprint = fingerprint;
        }
        for (event, fingerprint) in self.events.iter_mut().zip(events) {
            event.fingerprint = fingerprint;
        }
        for (def, fingerprint) in self.types.iter_mut().zip(definitions) {
            def.fingerprint = fingerprint;
        }
        self.abi_hash = self.hash_of_natives();
    }

    fn hash_of_natives(&self) -> u64 {
        let functions = self.functions.iter().map(|f| format!("fn {} {:016x}\n", f.name, f.fingerprint.native));
        let types = self.types.iter().map(|t| format!("type {} {:016x}\n", t.name, t.fingerprint.native));
        let events = self.events.iter().map(|e| format!("event {} {:016x}\n", e.name, e.fingerprint.native));
        let mut sorted = Vec::new();
        for line in functions.chain(events).chain(types) {
            insertion_sort::insert(&mut sorted, line);
        }
        hash(&sorted.concat())
    }
}

/// The types of a library by name, and its form of text.
struct Types<'a> {
    named: HashMap<&'a str, &'a TypeDef>,
    text: Text,
}

fn hash(text: &str) -> u64 {
    let mut hasher = fnv::FnvHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

fn of_function(function: &Function, types: &Types<'_>) -> Fingerprint {
    let mut native = NativeText::new(types);
    let params: Vec<String> = function.params.iter().map(|p| format!("{}: {}", p.name, native.ty(&p.ty))).collect();
    let returns = function.returns.as_ref().map_or_else(|| "()".to_owned(), |ty| native.ty(ty));
    let error = function.error.as_ref().map_or_else(String::new, |ty| format!(" or {}", native.ty(ty)));
    let signature = format!("{:?} {}({}) -> {returns}{error}", function.kind, function.name, params.join(", "));

    let mut wire = WireText::new(types);
    let mut params: Vec<&Param> = function.params.iter().collect();
    insertion_sort::sort(&mut params, |a, b| a.name < b.name);
    let params: Vec<String> = params.into_iter().map(|p| format!("{}: {}", p.name, wire.ty(&p.ty))).collect();
    let returns = function.returns.as_ref().map_or_else(|| "()".to_owned(), |ty| wire.ty(ty));
    let error = function.error.as_ref().map_or_else(String::new, |ty| format!(" or {}", wire.ty(ty)));
    let on_wire = format!("{:?} {}({}) -> {returns}{error}", function.kind, function.name, params.join(", "));
    Fingerprint { native: hash(&native.finish(&signature)), wire: hash(&wire.finish(&on_wire)) }
}

fn of_event(event: &Event, types: &Types<'_>) -> Fingerprint {
    let mut native = NativeText::new(types);
    let payload = event.payload.as_ref().map_or_else(|| "()".to_owned(), |ty| native.ty(ty));
    let head = format!("Event {}({payload})", event.name);
    let mut wire = WireText::new(types);
    let payload = event.payload.as_ref().map_or_else(|| "()".to_owned(), |ty| wire.ty(ty));
    let on_wire = format!("Event {}({payload})", event.name);
    Fingerprint { native: hash(&native.finish(&head)), wire: hash(&wire.finish(&on_wire)) }
}

fn of_type(def: &TypeDef, types: &Types<'_>) -> Fingerprint {
    let name = if types.named.contains_key(&*def.name) { &def.name } else { &def.path };
    let root = Type::Named(name.clone());
    let mut native = NativeText::new(types);
    let named = native.ty(&root);
    let mut wire = WireText::new(types);
    let numbered = wire.ty(&root);
    Fingerprint { native: hash(&native.finish(&named)), wire: hash(&wire.finish(&numbered)) }
}

/// Spells a type, and its named types by `named`. `Box`, the pointer-sized integers and text keep
/// their C forms where it is `native`, in a library with this form of text.
fn spell(ty: &Type, native: Option<Text>, named: &mut dyn FnMut(&str) -> String) -> String {
    match ty {
        Type::List(item) => format!("list<{}>", spell(item, native, named)),
        Type::Option(item) => format!("option<{}>", spell(item, native, named)),
        Type::Boxed(item) if native.is_some() => format!("box<{}>", spell(item, native, named)),
        Type::Boxed(item) => spell(item, native, named),
        Type::Set(item) => format!("set<{}>", spell(item, native, named)),
        Type::Array(item, len) => format!("array<{}; {len}>", spell(item, native, named)),
        Type::Map(key, value) => {
            let key = spell(key, native, named);
            format!("map<{key}, {}>", spell(value, native, named))
        }
        Type::Tuple(items) => {
            let items: Vec<_> = items.iter().map(|item| spell(item, native, named)).collect();
            format!("({})", items.join(", "))
        }
        Type::Named(name) => named(name),
        Type::Usize if native.is_none() => "U64".to_owned(),
        Type::Isize if native.is_none() => "I64".to_owned(),
        Type::String if native == Some(Text::ByLength) => "Text".to_owned(),
        Type::I8 | Type::I16 | Type::I32 | Type::I64 | Type::Isize => format!("{ty:?}"),
        Type::U8 | Type::U16 | Type::U32 | Type::U64 | Type::Usize => format!("{ty:?}"),
        Type::I128 | Type::U128 | Type::Duration | Type::Time => format!("{ty:?}"),
        Type::Path | Type::IpAddr | Type::SocketAddr => match native {
            Some(Text::ByLength) => format!("{ty:?} by length"),
            Some(Text::C) | None => format!("{ty:?}"),
        },
        Type::F32 | Type::F64 | Type::Bool | Type::Char | Type::String | Type::Bytes => format!("{ty:?}"),
    }
}

/// Types by name, each described once, sorted by name.
struct NativeText<'a> {
    types: &'a Types<'a>,
    met: Vec<String>,
    pending: Vec<String>,
}

impl<'a> NativeText<'a> {
    fn new(types: &'a Types<'a>) -> Self {
        Self { types, met: Vec::new(), pending: Vec::new() }
    }

    fn ty(&mut self, ty: &Type) -> String {
        spell(ty, Some(self.types.text), &mut |name| {
            if insertion_sort::insert(&mut self.met, name.to_owned()) {
                self.pending.push(name.to_owned());
            }
            name.to_owned()
        })
    }

    fn finish(mut self, head: &str) -> String {
        let mut lines = Vec::new();
        while let Some(name) = self.pending.pop() {
            if let Some(def) = self.types.named.get(name.as_str()).copied() {
                let line = self.definition(&name, def);
                insertion_sort::insert(&mut lines, line);
            }
        }
        format!("{head}\n{}", lines.concat())
    }

    fn definition(&mut self, name: &str, def: &TypeDef) -> String {
        let mut line = format!("{name} size {} align {}:", def.size, def.align);
        match &def.shape {
            Shape::Record { fields } => {
                for field in fields {
                    let ty = self.ty(&field.ty);
                    let _ = write!(line, " {}: {ty} at {};", field.name, field.offset);
                }
            }
            Shape::Enumeration { variants } => {
                for variant in variants {
                    let _ = write!(line, " {} = {};", variant.name, variant.value);
                }
            }
            Shape::DataEnum { variants } => {
                for DataVariant { name, payload, fields, .. } in variants {
                    let fields: Vec<_> =
                        fields.iter().map(|f| format!("{}: {} at {}", f.name, self.ty(&f.ty), f.offset)).collect();
                    let _ = write!(line, " {name} {payload:?}({});", fields.join(", "));
                }
            }
        }
        line.push('\n');
        line
    }
}

/// Types by the number of their first use.
struct WireText<'a> {
    types: &'a Types<'a>,
    numbers: HashMap<String, usize>,
    pending: Vec<String>,
}

impl<'a> WireText<'a> {
    fn new(types: &'a Types<'a>) -> Self {
        Self { types, numbers: HashMap::new(), pending: Vec::new() }
    }

    fn ty(&mut self, ty: &Type) -> String {
        spell(ty, None, &mut |name| {
            let next = self.numbers.len();
            let number = *self.numbers.entry(name.to_owned()).or_insert_with(|| {
                self.pending.push(name.to_owned());
                next
            });
            format!("#{number}")
        })
    }

    fn finish(mut self, head: &str) -> String {
        let mut text = format!("{head}\n");
        let mut done = 0;
        while done < self.pending.len() {
            let name = self.pending[done].clone();
            if let Some(def) = self.types.named.get(name.as_str()).copied() {
                let line = self.definition(def);
                let _ = writeln!(text, "#{done} {line}");
            }
            done += 1;
        }
        text
    }

    /// The keys of a map, sorted.
    fn keys(&mut self, fields: &[Field]) -> String {
        let mut fields: Vec<_> = fields.iter().collect();
        insertion_sort::sort(&mut fields, |a, b| a.name < b.name);
        let keys: Vec<_> = fields.into_iter().map(|f| format!("{}: {}", f.name, self.ty(&f.ty))).collect();
        format!("{{{}}}", keys.join(", "))
    }

    /// A variant of an enum with data: its name, and what it holds.
    fn variant(&mut self, DataVariant { name, payload, fields, .. }: &DataVariant) -> String {
        match payload {
            Payload::Unit => format!("{name:?}"),
            Payload::Value | Payload::Tuple => {
                let values: Vec<_> = fields.iter().map(|field| self.ty(&field.ty)).collect();
                format!("{name:?} {payload:?}({})", values.join(", "))
            }
            Payload::Fields => format!("{name:?} {}", self.keys(fields)),
        }
    }

    fn definition(&mut self, def: &TypeDef) -> String {
        match &def.shape {
            Shape::Record { fields } => self.keys(fields),
            Shape::Enumeration { variants } => {
                let mut names: Vec<_> = variants.iter().map(|v| v.name.as_str()).collect();
                insertion_sort::sort(&mut names, |a, b| a < b);
                let names: Vec<_> = names.into_iter().map(|name| format!("{name:?}")).collect();
                format!("{{{}}}", names.join(", "))
            }
            Shape::DataEnum { variants } => {
                let mut variants: Vec<_> = variants.iter().collect();
                insertion_sort::sort(&mut variants, |a, b| a.name < b.name);
                let variants: Vec<_> = variants.into_iter().map(|variant| self.variant(variant)).collect();
                format!("{{{}}}", variants.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests;
