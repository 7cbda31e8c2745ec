//! What changes a fingerprint, and which.

use crate::schema::{
    Event, FORMAT, Field, Fingerprint, Function, FunctionKind, Library, Options, Param, Shape, Target, Text, Type,
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
        error: None,
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
        Shape::Enumeration { .. } | Shape::DataEnum { .. } => unreachable!("the test's types are records"),
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
fn the_form_of_text_is_native_alone() {
    let text = |library: &mut Library| fields(library, 0)[0].ty = Type::String;
    let [by_length, in_c] = [Text::ByLength, Text::C].map(|form| {
        sealed(|library| {
            text(library);
            library.options.text = form;
        })
    });
    let [one, other] = [&by_length, &in_c].map(|library| library.functions[0].fingerprint);
    assert!(one.native != other.native && one.wire == other.wire);
    assert_eq!(changes(|library| library.options.text = Text::C), (false, false), "there is no text");
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
