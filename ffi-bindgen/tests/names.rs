//! Two items that would bear one name in C are an error that names both; so is a name C has no way to write.

mod support;

use ffi_bindgen::{Error, generate_c};
use ffi_runtime::schema::{Function, Library, Type, TypeDef};
use support::{boxed, enumeration, event, library, list, method, named, option, record, with_events};

#[track_caller]
fn collide(types: Vec<TypeDef>, functions: Vec<Function>, name: &str, first: &str, second: &str) {
    let error = generate_c(&library("l", types, functions)).unwrap_err();
    let text = error.to_string();
    assert!(matches!(error, Error::Collision { .. }), "{text}");
    assert!(text.starts_with(&format!("`{name}` would name both {first} and {second}: ")), "{text}");
    assert!(text.ends_with("give one of them another name with #[ffi(rename = \"…\")]"), "{text}");
}

#[test]
fn types_of_one_name_are_told_by_their_paths() {
    let mut twin = record("Echo", &[]);
    twin.path = "krate::other::Echo".to_owned();
    collide(vec![record("Echo", &[]), twin], vec![], "Echo", "the type krate::Echo", "the type krate::other::Echo");
}

#[test]
fn types_collide_with_lists_options_and_the_headers_own() {
    let holder = |ty| record("Z", &[("a", ty)]);
    let types = vec![record("list_i64", &[]), holder(list(Type::I64))];
    collide(types, vec![], "l_list_i64", "the type Vec<i64>", "the type krate::list_i64");
    let types = vec![holder(option(Type::I64)), record("option_i64", &[])];
    collide(types, vec![], "l_option_i64", "the type Option<i64>", "the type krate::option_i64");
    let types = vec![holder(list(named("string"))), record("Y", &[("b", list(Type::String))]), record("string", &[])];
    collide(types, vec![], "l_list_string", "the type Vec<String>", "the type Vec<string>");
    collide(vec![record("bytes", &[])], vec![], "l_bytes", "a part of every header", "the type krate::bytes");
    let types = vec![record("i8", &[])];
    collide(types, vec![], "l_i8_encode", "a part of every header", "the encoder of the type krate::i8");
    let types = vec![holder(boxed(Type::I8)), record("box_i8", &[])];
    collide(
        types,
        vec![],
        "l_box_i8_encode",
        "the encoder of the type Box<i8>",
        "the encoder of the type krate::box_i8",
    );
}

#[test]
fn functions_collide_with_helpers_and_with_types() {
    let both = |one: &str, two: &str| vec![method(one, &[], None), method(two, &[], None)];
    for helper in ["request", "response", "cbor"] {
        let (f, helper) = ("l_f", format!("l_f_{helper}"));
        collide(vec![], both(f, &helper), &helper, "the function l_f", &format!("the function {helper}"));
    }
    collide(vec![], both("l_f", "l_f"), "l_f", "the function l_f", "the function l_f");
    collide(vec![], both("l_g", "l_schema"), "l_schema", "a part of every header", "the function l_schema");
    collide(vec![], both("l_g", "l_call"), "l_call_cbor", "a part of every header", "the function l_call");
    let types = vec![record("f", &[])];
    collide(types, vec![method("l_f", &[], None)], "l_f", "the type krate::f", "the function l_f");
    let types = vec![enumeration("Mode", &[("encode", 0)])];
    let (first, second) = ("the variant encode of the type krate::Mode", "the encoder of the type krate::Mode");
    collide(types, vec![], "l_Mode_encode", first, second);
}

#[test]
fn events_collide_with_events_functions_and_types() {
    let fires = |names: &[&str], types: Vec<TypeDef>, functions: Vec<Function>| {
        let events = names.iter().map(|name| event(name, None)).collect();
        generate_c(&with_events(library("l", types, functions), events)).unwrap_err().to_string()
    };
    let text = fires(&["on_it", "ON_IT"], vec![], vec![]);
    assert!(text.starts_with("`L_EVENT_ON_IT` would name both the event on_it and the event ON_IT: "), "{text}");
    let text = fires(&["on_it"], vec![], vec![method("l_on_it_event", &[], None)]);
    assert!(
        text.starts_with("`l_on_it_event` would name both the function l_on_it_event and the event on_it: "),
        "{text}"
    );
    let text = fires(&[], vec![record("event", &[])], vec![]);
    assert!(text.starts_with("`l_event` would name both a part of every header and the type krate::event: "), "{text}");
    let text = fires(&["on it"], vec![], vec![]);
    assert!(text.starts_with("an event has the name \"on it\", which is not an identifier"), "{text}");
    let error = generate_c(&with_events(library("l", vec![], vec![]), vec![event("on_it", Some(named("T")))]));
    assert!(matches!(error, Err(Error::UnknownType { name }) if name == "T"));
}

#[test]
fn members_collide_once_one_has_its_underscore() {
    let types = vec![record("T", &[("class", Type::U8), ("class_", Type::U8)])];
    collide(types, vec![], "class_", "`class` of the type krate::T", "`class_` of the type krate::T");
    let functions = vec![method("l_f", &[("ctx_", Type::U8), ("ctx", Type::U8)], None)];
    collide(vec![], functions, "ctx_", "`ctx_` of the function l_f", "`ctx` of the function l_f");
}

#[test]
fn names_are_identifiers() {
    let function = |name, param| vec![method(name, &[(param, Type::U8)], None)];
    let cases: [(&str, Library); 7] = [
        ("the library has the name \"a b\"", library("a b", vec![], vec![])),
        ("the library has the name \"\"", library("", vec![], vec![])),
        ("a function has the name \"l_f;\"", library("l", vec![], function("l_f;", "a"))),
        ("a parameter has the name \"1\"", library("l", vec![], function("l_f", "1"))),
        ("a type has the name \"a\\\"\"", library("l", vec![record("a\"", &[])], vec![])),
        ("a field has the name \"a-b\"", library("l", vec![record("T", &[("a-b", Type::U8)])], vec![])),
        ("a variant has the name \"\\n\"", library("l", vec![enumeration("T", &[("\n", 1)])], vec![])),
    ];
    for (message, library) in cases {
        let error = generate_c(&library).unwrap_err();
        assert!(matches!(error, Error::NotAnIdentifier { .. }));
        assert!(error.to_string().starts_with(message), "{error}");
    }
}

#[test]
fn types_must_be_described_and_have_a_size() {
    let mut unknown = library("l", vec![record("T", &[])], vec![method("l_f", &[("a", list(named("T")))], None)]);
    unknown.types.clear();
    assert!(matches!(generate_c(&unknown), Err(Error::UnknownType { name }) if name == "T"));
    let mut endless = library("l", vec![record("A", &[("b", Type::U8)]), record("B", &[("a", named("A"))])], vec![]);
    let ffi_runtime::schema::Shape::Record { fields } = &mut endless.types[0].shape else { panic!("a record") };
    fields[0].ty = option(named("B"));
    let error = generate_c(&endless).unwrap_err();
    assert!(matches!(&error, Error::Endless { name } if name == "A"));
    assert!(error.to_string().contains("put a Box or a Vec between"), "{error}");
}
