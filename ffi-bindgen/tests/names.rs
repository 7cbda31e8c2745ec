//! Each item has a name of its own in C. Two symbols or types of one name are an error that names both; so is a name
//! that C has no way to write.

mod support;

use ffi_bindgen::{Error, generate_c};
use ffi_runtime::schema::{Function, FunctionKind, Library, Type, TypeDef};
use support::{
    array, boxed, enumeration, event, function, library, list, map, method, named, option, record, set, with_events,
};

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

#[track_caller]
fn has(library: &Library, parts: &[&str]) {
    let header = generate_c(library).unwrap();
    for part in parts {
        assert!(header.contains(part), "{part} is not in\n{header}");
    }
}

#[test]
fn types_make_way_for_the_headers_own_and_for_each_other() {
    let holder = |ty| record("Z", &[("a", ty)]);
    let types = vec![record("list_i64", &[]), holder(list(Type::I64))];
    has(&library("l", types, vec![]), &["typedef struct l_list_i64 l_list_i64;", "l_list_i64_ a;"]);
    let types = vec![holder(option(Type::I64)), record("option_i64", &[])];
    has(&library("l", types, vec![]), &["l_option_i64_ a;", "struct l_option_i64 {"]);
    let types = vec![holder(list(named("string"))), record("Y", &[("b", list(Type::String))]), record("string", &[])];
    has(
        &library("l", types, vec![]),
        &["typedef struct l_string_ l_string_;", "l_list_string_ a;", "l_list_string b;"],
    );
    let types = vec![record("bytes", &[("a", Type::Bytes)]), record("i8", &[("a", Type::I8)])];
    has(
        &library("l", types, vec![]),
        &["typedef struct l_bytes_ l_bytes_;", "l_bytes a;", "l_i8__encode(", "l_i8_encode("],
    );
    let types = vec![holder(boxed(Type::I8)), record("box_i8", &[("a", boxed(Type::I8))])];
    has(&library("l", types, vec![]), &["l_box_i8_encode(", "l_box_i8__encode("]);
    has(&library("l", vec![record("event", &[])], vec![]), &["typedef struct l_event_ l_event_;"]);
}

#[test]
fn names_of_collections_make_way_too() {
    let held = record(
        "Z",
        &[
            ("a", map(Type::String, Type::I64)),
            ("b", Type::Tuple(vec![Type::I64, Type::I64])),
            ("c", array(Type::I64, 2)),
            ("d", set(Type::I64)),
            ("e", Type::Duration),
            ("f", Type::U128),
        ],
    );
    let authors =
        ["map2_string_i64", "entry2_string_i64", "tuple2_i64_i64", "array2_i64", "set_i64", "duration", "u128"];
    let types = authors.iter().map(|name| record(name, &[])).chain([held]).collect();
    has(
        &library("l", types, vec![]),
        &[
            "typedef struct l_map2_string_i64 l_map2_string_i64;",
            "l_map2_string_i64_ a;",
            "typedef struct l_entry2_string_i64 l_entry2_string_i64;",
            "l_tuple2_i64_i64_ b;",
            "l_array2_i64_ c;",
            "l_set_i64_ d;",
            "typedef struct l_duration_ l_duration_;",
            "l_duration e;",
            "typedef struct l_u128_ l_u128_;",
            "l_u128 f;",
        ],
    );
}

#[test]
fn functions_are_called_like_types_that_the_library_does_not_mention() {
    let functions = || ["l_time", "l_duration", "l_i128"].map(|name| method(name, &[], None)).to_vec();
    let header = generate_c(&library("l", vec![], functions())).unwrap();
    assert!(!header.contains("l_time_(") && !header.contains("l_duration_("), "{header}");
    let types = vec![record("Z", &[("a", Type::Time)])];
    has(&library("l", types, functions()), &["l_time_(", "l_duration(", "__asm__"]);
}

#[test]
fn helpers_make_way_for_functions_and_functions_for_the_headers_own() {
    let both = |one: &str, two: &str| vec![method(one, &[], None), method(two, &[], None)];
    let functions = both("l_f", "l_f_request");
    has(
        &library("l", vec![], functions),
        &["int l_f_request(void *ctx", "size_t l_f_request_(", "l_f_request_request("],
    );
    let functions = both("l_f", "l_f_response");
    has(&library("l", vec![], functions), &["int l_f_response(void *ctx", "int l_f_response_(const"]);
    let types = vec![record("f", &[])];
    has(&library("l", types, vec![method("l_f", &[], None)]), &["int l_f(void *ctx", "typedef struct l_f_ l_f_;"]);
    let types = vec![enumeration("Mode", &[("encode", 0)])];
    has(&library("l", types, vec![]), &["l_Mode_encode_ = 0", "void l_Mode_encode("]);
    // A symbol is what it is: where its name means something else, C knows it by its label.
    let labelled = ["int l_event_(void *ctx", "L_LABEL(\"l_event\")", "int l_event_cbor("];
    has(&library("l", vec![], both("l_event", "l_g")), &labelled);
}

#[test]
fn symbols_of_one_name_collide() {
    let both = |one: &str, two: &str| vec![method(one, &[], None), method(two, &[], None)];
    collide(vec![], both("l_f", "l_f_cbor"), "l_f_cbor", "the function l_f", "the function l_f_cbor");
    collide(vec![], both("l_f", "l_f"), "l_f", "the function l_f", "the function l_f");
    collide(
        vec![],
        both("l_g", "l_ffi_schema"),
        "l_ffi_schema",
        "a part of every library",
        "the function l_ffi_schema",
    );
    collide(vec![], both("l_g", "l_ffi_call"), "l_ffi_call_cbor", "a part of every library", "the function l_ffi_call");
    let export = function(FunctionKind::Export, "l_ffi_call", &[], None);
    has(&library("l", vec![], vec![export]), &["void l_ffi_call(void);"]);
    // The short names are an author's, where the library has them not.
    has(&library("l", vec![], both("l_call", "l_schema")), &["int l_call_cbor(", "int l_schema("]);
    let mut short = library("l", vec![], both("l_g", "l_schema"));
    short.options.short_names = true;
    let text = generate_c(&short).unwrap_err().to_string();
    assert!(text.contains("a short name of the library's own"), "{text}");
    short.functions.pop();
    has(&short, &["#define l_schema l_ffi_schema\n"]);
}

#[test]
fn events_have_names_of_their_own() {
    let fires = |names: &[&str], functions: Vec<Function>| {
        let events = names.iter().map(|name| event(name, None)).collect();
        with_events(library("l", vec![], functions), events)
    };
    has(&fires(&["on_it", "ON_IT"], vec![]), &["#define L_EVENT_ON_IT \"on_it\"", "#define L_EVENT_ON_IT_ \"ON_IT\""]);
    let functions = vec![method("l_on_it_event", &[], None)];
    has(&fires(&["on_it"], functions), &["int l_on_it_event(void *ctx", "int l_on_it_event_(const"]);
    let text = generate_c(&fires(&["on it"], vec![])).unwrap_err().to_string();
    assert!(text.starts_with("an event has the name \"on it\", which is not an identifier"), "{text}");
    let error = generate_c(&with_events(library("l", vec![], vec![]), vec![event("on_it", Some(named("T")))]));
    assert!(matches!(error, Err(Error::UnknownType { name }) if name == "T"));
}

#[test]
fn members_have_names_of_their_own() {
    let types = vec![record("T", &[("class", Type::U8), ("class_", Type::U8)])];
    has(&library("l", types, vec![]), &["uint8_t class__;", "uint8_t class_;"]);
    let functions = vec![method("l_f", &[("ctx_", Type::U8), ("ctx", Type::U8)], None)];
    has(&library("l", vec![], functions), &["uint8_t ctx_, uint8_t ctx__"]);
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
