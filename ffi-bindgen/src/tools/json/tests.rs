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
