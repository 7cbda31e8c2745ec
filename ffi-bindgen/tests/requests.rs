//! A request that C makes is, byte for byte, what the wire format says.

mod support;

use ciborium::Value;
use ffi_runtime::schema::Type;
use support::compiler::{self, C99, CXX17, SANITIZED, build, run};
use support::{boxed, enumeration, library, list, method, named, option, record};
use toolchain::test;

fn main() -> std::process::ExitCode {
    toolchain::main()
}

/// The bytes of `tests/hosts/golden.c`, up to its floats.
const EXPECTED: &[&str] = &[
    // {config:{name:"abc"}}, {config:{name:""}}, {config:{name:"a\0c"}}, {req:{message:"hi",delayMs:200}}
    "a166636f6e666967a1646e616d6563616263",
    "a166636f6e666967a1646e616d6560",
    "a166636f6e666967a1646e616d6563610063",
    "a163726571a2676d6573736167656268696764656c61794d7318c8",
    // {it:{items:[]}}, {it:{blob:h'010203'}}, {it:{label:null}}, {it:{label:"x"}}
    "a1626974a1656974656d7380",
    "a1626974a164626c6f6243010203",
    "a1626974a1656c6162656cf6",
    "a1626974a1656c6162656c6178",
    // {class:"a",ctx:-1}: keys bear no underscore. Then {}.
    "a265636c61737361616363747820",
    "a0",
];

#[test]
fn values_have_their_golden_bytes_and_what_has_no_form_is_refused() {
    let lines = printed("requests_values");
    for (line, expected) in lines.iter().zip(EXPECTED) {
        assert_eq!(line, expected);
    }
    let mut nested = "a1626974".to_owned();
    nested += &"a1686368696c6472656e81".repeat(31);
    nested += "a1686368696c6472656e80";
    let faults = &lines[EXPECTED.len()..EXPECTED.len() + 10];
    assert_eq!(faults[0], nested);
    assert_eq!(faults[1..], ["0"; 9]);
}

#[test]
fn floats_are_as_short_as_another_encoder_makes_them() {
    let lines = printed("requests_floats");
    let values = [
        0.0,
        -0.0,
        1.5,
        65504.0,
        65505.0,
        5.960464477539063e-8,
        2.9802322387695312e-8,
        6.097555160522461e-5,
        100000.0,
        3.4028234663852886e38,
        1.401298464324817e-45,
        7.006492321624085e-46,
        0.1,
        1e300,
        5e-324,
    ];
    let lines = &lines[EXPECTED.len() + 10..];
    assert_eq!(lines.len(), values.len());
    for (line, value) in lines.iter().zip(values) {
        let mut bytes = Vec::new();
        ciborium::into_writer(&Value::Map(vec![("it".into(), Value::Float(value))]), &mut bytes).unwrap();
        assert_eq!(*line, support::hex(&bytes), "{value:e}");
    }
}

/// What the host prints, the same in C and C++.
fn printed(test: &str) -> Vec<String> {
    compiler::need();
    let folder = compiler::folder(test);
    std::fs::write(folder.join("wire.h"), ffi_bindgen::generate_c(&wire()).unwrap()).unwrap();
    let host = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hosts/golden.c");
    let c = run(&build(C99, &folder, "c", &[&SANITIZED[..], &["-I.", host]].concat()), &[]);
    let cxx = run(&build(CXX17, &folder, "cxx", &["-O2", "-I.", host]), &[]);
    assert_eq!(c, cxx);
    String::from_utf8(c).unwrap().lines().map(str::to_owned).collect()
}

fn wire() -> ffi_runtime::schema::Library {
    let types = vec![
        record("Config", &[("name", Type::String)]),
        record("Echo", &[("message", Type::String), ("delayMs", Type::U32)]),
        record("Items", &[("items", list(Type::I64))]),
        record("Blob", &[("blob", Type::Bytes)]),
        record("Label", &[("label", option(Type::String))]),
        record("Tree", &[("children", list(named("Tree")))]),
        enumeration("Mode", &[("Off", 0)]),
    ];
    let it = |name, ty| method(name, &[("it", ty)], None);
    let functions = vec![
        method("wire_config", &[("config", named("Config"))], None),
        method("wire_echo", &[("req", named("Echo"))], None),
        it("wire_items", named("Items")),
        it("wire_blob", named("Blob")),
        it("wire_label", named("Label")),
        method("wire_two", &[("class", Type::String), ("ctx", Type::I8)], None),
        method("wire_none", &[], None),
        it("wire_tree", named("Tree")),
        it("wire_mode", named("Mode")),
        it("wire_letter", Type::Char),
        it("wire_box", boxed(Type::I64)),
        it("wire_float", Type::F64),
    ];
    library("wire", types, functions)
}
