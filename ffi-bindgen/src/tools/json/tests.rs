use super::Codec;
use ffi_runtime::schema::{
    FORMAT, Field, Fingerprint, Function, FunctionKind, Library, Options, Param, Shape, Target, Type, TypeDef, Variant,
};
use serde_json::{Value, json};

/// A library whose one function gives back its one parameter.
fn library(ty: Type) -> Library {
    let field = |name: &str, ty: Type| Field {
        name: name.to_owned(),
        rust_name: name.to_owned(),
        docs: String::new(),
        ty,
        offset: 0,
    };
    let def = |name: &str, shape: Shape| TypeDef {
        name: name.to_owned(),
        path: name.to_owned(),
        docs: String::new(),
        size: 8,
        align: 8,
        shape,
        fingerprint: Fingerprint::default(),
    };
    let variant =
        |name: &str| Variant { name: name.to_owned(), rust_name: name.to_owned(), docs: String::new(), value: 0 };
    Library {
        format: FORMAT,
        name: "lib".to_owned(),
        version: String::new(),
        docs: String::new(),
        target: Target { pointer_bits: 64, little_endian: true },
        options: Options::DEFAULT,
        functions: vec![Function {
            name: "lib_give".to_owned(),
            rust_name: "lib_give".to_owned(),
            kind: FunctionKind::Stateless,
            docs: String::new(),
            params: vec![Param {
                name: "value".to_owned(),
                rust_name: "value".to_owned(),
                docs: String::new(),
                ty: ty.clone(),
            }],
            returns: Some(ty),
            error: None,
            is_async: false,
            exclusive: false,
            inline: true,
            deadline_ms: None,
            droppable: false,
            fingerprint: Fingerprint::default(),
        }],
        events: Vec::new(),
        types: vec![
            def("Level", Shape::Enumeration { variants: vec![variant("Low"), variant("High")] }),
            def("Point", Shape::Record { fields: vec![field("x", Type::F64), field("y", option(Type::F64))] }),
        ],
        abi_hash: 0,
    }
}

fn option(ty: Type) -> Type {
    Type::Option(Box::new(ty))
}

fn list(ty: Type) -> Type {
    Type::List(Box::new(ty))
}

fn named(name: &str) -> Type {
    Type::Named(name.to_owned())
}

fn request(ty: Type, value: Value) -> Result<Vec<u8>, String> {
    let library = library(ty);
    let request = Codec::new(&library).request(&library.functions[0], &json!({ "value": value }));
    request.map_err(|error| error.to_string())
}

/// The value goes to these bytes, and comes back from them.
#[track_caller]
fn same(ty: Type, value: Value, expected: &str) {
    let bytes = request(ty.clone(), value.clone()).expect("a request");
    let bytes = bytes.strip_prefix(b"\xa1\x65value").expect("the map and its key");
    assert_eq!(hex::encode(bytes), expected);
    let library = library(ty);
    assert_eq!(Codec::new(&library).response(&library.functions[0], bytes), Ok(value));
}

#[track_caller]
fn refused(ty: Type, value: Value, message: &str) {
    assert_eq!(request(ty, value), Err(message.to_owned()));
}

#[test]
fn a_number_for_32_bits_is_rounded_but_neither_to_infinity_nor_to_zero() {
    let f32s = option(list(Type::F32));
    let sent =
        [(0.1, "fa3dcccccd"), (3.402_823_567_797_336_2e38, "fa7f7fffff"), (1e-45, "fa00000001"), (-0.0, "f98000")];
    for (number, expected) in sent {
        let bytes = request(f32s.clone(), json!([number])).expect("a request");
        assert_eq!(hex::encode(bytes.strip_prefix(b"\xa1\x65value\x81").expect("a list of one")), expected);
    }
    for lost in [1e300, -1e39, 3.402_823_567_797_336_6e38, 1e-300, -7e-46] {
        let text = format!("lib_give: value[1]: expected a number that 32 bits hold, found {}", json!(lost));
        refused(f32s.clone(), json!([0.5, lost]), &text);
    }
}

#[test]
fn every_kind_of_value_goes_there_and_back() {
    same(Type::I64, json!(-1), "20");
    same(Type::U64, json!("18446744073709551615"), "1bffffffffffffffff");
    same(Type::I64, json!("-9223372036854775808"), "3b7fffffffffffffff");
    same(Type::U64, json!(9_007_199_254_740_991_u64), "1b001fffffffffffff");
    same(Type::F64, json!(1.5), "f93e00");
    same(Type::F32, json!(0.100_000_001_490_116_12), "fa3dcccccd");
    same(Type::F64, json!("-0"), "f98000");
    same(Type::F64, json!("-Infinity"), "f9fc00");
    same(Type::F64, json!("Infinity"), "f97c00");
    same(Type::F64, json!("NaN"), "f97e00");
    same(Type::Bool, json!(true), "f5");
    same(Type::Char, json!("ß"), "62c39f");
    same(Type::String, json!("a\0b"), "63610062");
    same(Type::Bytes, json!("00ff"), "4200ff");
    same(list(Type::U8), json!([1, 2]), "820102");
    same(option(Type::I8), json!(null), "f6");
    same(option(Type::I8), json!(3), "03");
    same(Type::Boxed(Box::new(Type::I8)), json!(3), "03");
    same(named("Level"), json!("High"), "6448696768");
    same(named("Point"), json!({"x": 1.5, "y": null}), "a26178f93e006179f6");
}

#[test]
fn collections_times_and_wide_integers_go_there_and_back() {
    let map = |key, value| Type::Map(Box::new(key), Box::new(value));
    let set = |item| Type::Set(Box::new(item));
    let array = |item, len| Type::Array(Box::new(item), len);
    same(map(Type::String, Type::I8), json!({"": 0, "a": 1, "bb": -1}), "a3600061610162626220");
    same(map(named("Level"), Type::Bool), json!({"Low": true}), "a1634c6f77f5");
    same(map(Type::I8, Type::Bool), json!([[1, true], [-1, false]]), "a201f520f4");
    same(map(Type::Tuple(vec![Type::U8]), Type::U8), json!([[[1], 2]]), "a1810102");
    same(set(Type::Char), json!(["a", "ß"]), "82616162c39f");
    same(Type::Tuple(vec![Type::U8, option(Type::U8)]), json!([1, null]), "8201f6");
    same(array(Type::I8, 2), json!([1, -1]), "820120");
    same(array(Type::U8, 2), json!("01ff"), "4201ff");
    same(Type::Duration, json!("1.000000001s"), "820101");
    same(Type::Duration, json!("18446744073709551615s"), "821bffffffffffffffff00");
    same(Type::Time, json!("1969-12-31T23:59:59.5Z"), "d903e9a20120281a1dcd6500");
    same(Type::Time, json!({"secs": 1_000_000_000_000_i64, "nanos": 5}), "d903e9a2011b000000e8d4a510002805");
    same(Type::I128, json!("-18446744073709551617"), "c349010000000000000000");
    same(Type::I128, json!("-18446744073709551616"), "3bffffffffffffffff");
    same(Type::U128, json!("340282366920938463463374607431768211455"), "c250ffffffffffffffffffffffffffffffff");
    same(Type::U128, json!(7), "07");
    same(Type::Path, json!("/a b"), "642f612062");
    same(Type::IpAddr, json!("::1"), "633a3a31");
}

#[test]
fn entries_are_sent_in_the_order_of_their_keys_however_they_are_written() {
    let map = Type::Map(Box::new(Type::I8), Box::new(Type::U8));
    let sent = |ty, value| hex::encode(request(ty, value).expect("a request"));
    assert!(sent(map, json!([[-1, 2], [1, 1]])).ends_with("a201012002"));
    let by_text = Type::Map(Box::new(Type::String), Box::new(Type::U8));
    assert!(sent(by_text, json!([["bb", 2], ["a", 1]])).ends_with("a261610162626202"));
    assert!(sent(Type::Set(Box::new(Type::U8)), json!([24, 1])).ends_with("82011818"));
    assert!(sent(Type::Time, json!("1970-01-01T01:00:00+01:00")).ends_with("d903e9a201002800"));
}

#[test]
fn what_is_wrong_in_them_is_told_with_its_place() {
    let map = |key| Type::Map(Box::new(key), Box::new(Type::U8));
    refused(map(Type::U8), json!([[1, 1], [1, 2]]), "lib_give: value[1].key: stands twice");
    refused(map(Type::U8), json!({"1": 1}), "lib_give: value: expected an array of pairs, found an object");
    refused(map(Type::U8), json!([[1]]), "lib_give: value[0]: expected an array of a key and a value, found an array");
    refused(
        map(Type::String),
        json!({"a": 256}),
        "lib_give: value[0].value: expected an integer from 0 to 255, found 256",
    );
    refused(Type::Set(Box::new(Type::U8)), json!([1, 2, 1]), "lib_give: value[2]: stands twice");
    refused(
        Type::Tuple(vec![Type::U8, Type::U8]),
        json!([1]),
        "lib_give: value: expected an array of 2, found an array",
    );
    refused(
        Type::Array(Box::new(Type::U8), 2),
        json!("01"),
        "lib_give: value: expected 2 bytes as a text of hexadecimal digits, found \"01\"",
    );
    for text in ["1", "s", "-1s", "1.s", ".5s", "1.0000000001s", "1.5e3s", "18446744073709551616s"] {
        let message = format!("lib_give: value: expected seconds and an s, as \"1.5s\", found {text:?}");
        refused(Type::Duration, json!(text), &message);
    }
    let expected = "lib_give: value: expected a time as RFC 3339 has it, or an object of secs and nanos, found";
    refused(Type::Time, json!("2026-02-30T00:00:00Z"), &format!("{expected} \"2026-02-30T00:00:00Z\""));
    refused(Type::Time, json!({"secs": 1, "nanos": 1_000_000_000}), &format!("{expected} an object"));
    refused(Type::U128, json!(-1), "lib_give: value: expected an integer of 128 bits, found -1");
    refused(Type::I128, json!(1.5), "lib_give: value: expected an integer of 128 bits, found 1.5");
    let wide = json!("170141183460469231731687303715884105728");
    refused(Type::I128, wide.clone(), &format!("lib_give: value: expected an integer of 128 bits, found {wide}"));
}

#[test]
fn an_absent_option_need_not_be_said() {
    let bytes = request(named("Point"), json!({"x": 1.5})).expect("a request");
    assert!(hex::encode(bytes).ends_with("6179f6"));
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    refused(Type::U8, json!(256), "lib_give: value: expected an integer from 0 to 255, found 256");
    refused(Type::I64, json!(1.5), "lib_give: value: expected an integer, found 1.5");
    refused(
        list(named("Point")),
        json!([{"x": 1}, {"x": "one"}]),
        "lib_give: value[1].x: expected a number, found \"one\"",
    );
    refused(named("Point"), json!({"y": 1}), "lib_give: value.x: is missing");
    refused(named("Point"), json!({"x": 1, "z": 1}), "lib_give: value.z: no such key; there are: x, y");
    refused(named("Level"), json!("Middle"), "lib_give: value: no such variant; there are: Low, High");
    refused(Type::Char, json!("ab"), "lib_give: value: expected a text of one character, found \"ab\"");
    refused(Type::Bytes, json!("0"), "lib_give: value: expected bytes as a text of hexadecimal digits, found \"0\"");
    refused(named("Point"), json!([]), "lib_give: value: expected an object, found an array");
}
