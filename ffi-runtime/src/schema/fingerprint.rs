//! Fingerprints: FNV-1a with 64 bits over a canonical text of each item.
//!
//! - An item's text lists everything the item reaches, so a change anywhere below changes the fingerprint.
//! - The native text keeps names, order, layout and the form of text. The wire text sorts fields and
//!   variants by name and numbers types by first use, since neither order nor a type's
//!   name crosses the wire; `usize` is 64 bits there and a `Box` is what it holds.
//! - Neither text holds documentation.

use super::function::{Event, Function, Param};
use super::library::{Library, Text};
use super::types::{Fingerprint, Shape, Type, TypeDef};
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
    let signature = format!("{:?} {}({}) -> {returns}", function.kind, function.name, params.join(", "));

    let mut wire = WireText::new(types);
    let mut params: Vec<&Param> = function.params.iter().collect();
    insertion_sort::sort(&mut params, |a, b| a.name < b.name);
    let params: Vec<String> = params.into_iter().map(|p| format!("{}: {}", p.name, wire.ty(&p.ty))).collect();
    let returns = function.returns.as_ref().map_or_else(|| "()".to_owned(), |ty| wire.ty(ty));
    let on_wire = format!("{:?} {}({}) -> {returns}", function.kind, function.name, params.join(", "));
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
        Type::Named(name) => named(name),
        Type::Usize if native.is_none() => "U64".to_owned(),
        Type::Isize if native.is_none() => "I64".to_owned(),
        Type::String if native == Some(Text::ByLength) => "Text".to_owned(),
        Type::I8 | Type::I16 | Type::I32 | Type::I64 | Type::Isize => format!("{ty:?}"),
        Type::U8 | Type::U16 | Type::U32 | Type::U64 | Type::Usize => format!("{ty:?}"),
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

    fn definition(&mut self, def: &TypeDef) -> String {
        match &def.shape {
            Shape::Record { fields } => {
                let mut fields: Vec<_> = fields.iter().collect();
                insertion_sort::sort(&mut fields, |a, b| a.name < b.name);
                let keys: Vec<_> = fields.into_iter().map(|f| format!("{}: {}", f.name, self.ty(&f.ty))).collect();
                format!("{{{}}}", keys.join(", "))
            }
            Shape::Enumeration { variants } => {
                let mut names: Vec<_> = variants.iter().map(|v| v.name.as_str()).collect();
                insertion_sort::sort(&mut names, |a, b| a < b);
                let names: Vec<_> = names.into_iter().map(|name| format!("{name:?}")).collect();
                format!("{{{}}}", names.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::schema::{
        Event, FORMAT, Field, Fingerprint, Function, FunctionKind, Library, Options, Param, Shape, Target, Type,
        TypeDef,
    };

    fn field(name: &str, ty: Type, offset: u64) -> Field {
        Field { name: name.to_owned(), rust_name: name.to_owned(), docs: String::new(), ty, offset }
    }

    fn record(name: &str, size: u64, fields: Vec<Field>) -> TypeDef {
        let (name, path) = (name.to_owned(), format!("krate::{name}"));
        let (docs, fingerprint) = (String::new(), Fingerprint::default());
        TypeDef { name, path, docs, size, align: 8, shape: Shape::Record { fields }, fingerprint }
    }

    fn function(name: &str, ty: Type) -> Function {
        Function {
            name: name.to_owned(),
            rust_name: name.to_owned(),
            kind: FunctionKind::Method,
            docs: String::new(),
            params: vec![Param { name: "value".to_owned(), rust_name: "value".to_owned(), docs: String::new(), ty }],
            returns: Some(Type::Bool),
            is_async: false,
            exclusive: false,
            inline: false,
            deadline_ms: None,
            droppable: false,
            fingerprint: Fingerprint::default(),
        }
    }

    /// `l_f(Outer)`, `Outer { inner: list of Inner, tail: i64 }`, `Inner { x: f64, again: list of Outer }`.
    fn library() -> Library {
        let named = |name: &str| Type::Named(name.to_owned());
        let list = |name: &str| Type::List(Box::new(named(name)));
        Library {
            format: FORMAT,
            name: "l".to_owned(),
            version: String::new(),
            docs: String::new(),
            target: Target { pointer_bits: 64, little_endian: true },
            options: Options::DEFAULT,
            functions: vec![function("l_f", named("Outer")), function("l_g", Type::I32)],
            events: Vec::new(),
            types: vec![
                record("Inner", 24, vec![field("x", Type::F64, 0), field("again", list("Outer"), 8)]),
                record("Outer", 24, vec![field("inner", list("Inner"), 0), field("tail", Type::I64, 16)]),
            ],
            abi_hash: 0,
        }
    }

    fn sealed(change: impl FnOnce(&mut Library)) -> Library {
        let mut library = library();
        change(&mut library);
        library.seal();
        library
    }

    fn fields(library: &mut Library, index: usize) -> &mut Vec<Field> {
        match &mut library.types[index].shape {
            Shape::Record { fields } => fields,
            Shape::Enumeration { .. } => unreachable!("the test's types are records"),
        }
    }

    /// Whether the native and the wire fingerprint of `l_f` changed.
    fn changes(change: impl FnOnce(&mut Library)) -> (bool, bool) {
        let (before, after) = (sealed(|_| {}), sealed(change));
        let (before, after) = (before.functions[0].fingerprint, after.functions[0].fingerprint);
        (before.native != after.native, before.wire != after.wire)
    }

    #[test]
    fn documentation_changes_nothing() {
        let documented = sealed(|library| {
            library.docs = "new".to_owned();
            library.functions[0].docs = "new".to_owned();
            fields(library, 0)[0].docs = "new".to_owned();
        });
        assert_eq!(documented.abi_hash, sealed(|_| {}).abi_hash);
    }

    #[test]
    fn an_added_function_leaves_the_others_alone() {
        let (before, after) = (sealed(|_| {}), sealed(|library| library.functions.push(function("l_h", Type::I8))));
        assert_ne!(before.abi_hash, after.abi_hash);
        assert_eq!(before.functions[..], after.functions[..2]);
        assert_eq!(before.types, after.types);
    }

    fn event(name: &str, payload: Option<Type>) -> Event {
        let (name, rust_name, docs) = (name.to_owned(), name.to_owned(), String::new());
        Event { name, rust_name, docs, payload, builtin: false, fingerprint: Fingerprint::default() }
    }

    #[test]
    fn a_functions_kind_shows_in_both() {
        let of_kind = |kind| {
            let mut library = library();
            library.functions[0].kind = kind;
            library.seal();
            let Fingerprint { native, wire } = library.functions[0].fingerprint;
            [native, wire, library.abi_hash]
        };
        let [method, stateless, export] =
            [FunctionKind::Method, FunctionKind::Stateless, FunctionKind::Export].map(of_kind);
        for (one, other) in [(method, stateless), (stateless, export), (export, method)] {
            assert!(one.iter().zip(other).all(|(one, other)| *one != other));
        }
    }

    #[test]
    fn an_event_shows_in_the_hash_and_what_it_tells_in_its_fingerprints() {
        let outer = || Some(Type::Named("Outer".to_owned()));
        let fired = |payload| sealed(|library| library.events.push(event("on_it", payload)));
        let (before, after) = (sealed(|_| {}), fired(outer()));
        assert_ne!(before.abi_hash, after.abi_hash);
        assert_eq!((before.functions, before.types), (after.functions.clone(), after.types.clone()));
        let told = after.events[0].fingerprint;
        assert_ne!(told.native, fired(None).events[0].fingerprint.native);
        assert_ne!(told.wire, fired(None).events[0].fingerprint.wire);
        let deeper = sealed(|library| {
            library.events.push(event("on_it", outer()));
            fields(library, 0)[0].ty = Type::F32;
        });
        let deeper = deeper.events[0].fingerprint;
        assert!(told.native != deeper.native && told.wire != deeper.wire);
    }

    #[test]
    fn a_change_deep_below_shows_in_both() {
        assert_eq!(changes(|library| fields(library, 0)[0].ty = Type::F32), (true, true));
        assert_eq!(changes(|library| fields(library, 0)[0].name = "y".to_owned()), (true, true));
        assert_eq!(changes(|library| library.functions[0].returns = None), (true, true));
        assert_eq!(changes(|library| library.functions[0].params[0].name = "other".to_owned()), (true, true));
        assert_eq!(changes(|library| library.functions[1].returns = None), (false, false));
    }

    #[test]
    fn order_and_layout_are_native_alone() {
        assert_eq!(changes(|library| fields(library, 1).reverse()), (true, false));
        assert_eq!(changes(|library| library.types[1].size = 32), (true, false));
        assert_eq!(changes(|library| fields(library, 1)[1].offset = 20), (true, false));
    }

    #[test]
    fn a_box_and_the_width_of_a_pointer_do_not_cross_the_wire() {
        assert_eq!(changes(|library| fields(library, 1)[1].ty = Type::Boxed(Box::new(Type::I64))), (true, false));
        assert_eq!(changes(|library| fields(library, 1)[1].ty = Type::Isize), (true, false));
        assert_eq!(changes(|library| fields(library, 1)[1].ty = Type::Usize), (true, true));
    }

    #[test]
    fn a_types_name_does_not_cross_the_wire() {
        let renamed = |library: &mut Library| {
            library.types[0].name = "Renamed".to_owned();
            fields(library, 1)[0].ty = Type::List(Box::new(Type::Named("Renamed".to_owned())));
        };
        assert_eq!(changes(renamed), (true, false));
    }

    #[test]
    fn the_fingerprints_of_a_small_library_are_these() {
        // Pinned: they are compared between builds of different versions.
        let library = sealed(|_| {});
        let Fingerprint { native, wire } = library.functions[0].fingerprint;
        assert_eq!(
            format!("{native:016x} {wire:016x} {:016x}", library.abi_hash),
            "a79bf6e04240d489 169e8092102d27c4 c9a1a5aa9f4c6175"
        );
    }
}
