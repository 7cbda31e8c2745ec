//! The CDDL of the library takes every request, response and event that crosses, and no other.

#[path = "../../tests/common/built.rs"]
mod built;

use cddl_cat::validate_cbor_bytes;
use ciborium::Value;
use conformance::Vectors;

/// The one range that the tool cannot read: its literals end above the smallest `i64`.
const I64: &str = "i64 = -9223372036854775808..9223372036854775807\n";

/// The rules with tags, and what they are to a tool that knows none: what is tagged.
const TAGGED: [(&str, &str); 3] = [
    ("system-time = #6.1001({ 1: i64, -9: 0..999999999 })\n", "system-time = { 1: i64, -9: 0..999999999 }\n"),
    ("i128 = integer\n", "i128 = int / bstr\n"),
    ("u128 = uint / biguint\n", "u128 = uint / bstr\n"),
];

/// The CDDL as the tool can read it, which takes every integer for an `i64` and knows no tags.
fn cddl() -> String {
    let file = format!("{}every{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let library = ffi_bindgen::read_schema(&built::libraries().join(file)).expect("a schema");
    let cddl = ffi_bindgen::generate_cddl(&library).expect("CDDL");
    assert!(cddl.contains(I64) && I64.contains(&format!("{}..{}", i64::MIN, i64::MAX)));
    TAGGED.iter().fold(cddl.replace(I64, "i64 = int\n"), |cddl, (rule, plain)| {
        assert!(cddl.contains(rule), "no {rule}");
        cddl.replace(rule, plain)
    })
}

/// The value without its tags, which the vectors' own bytes hold to what they must be.
fn without_tags(value: Value) -> Value {
    match value {
        Value::Tag(_, tagged) => without_tags(*tagged),
        Value::Array(items) => Value::Array(items.into_iter().map(without_tags).collect()),
        Value::Map(entries) => {
            Value::Map(entries.into_iter().map(|(key, value)| (without_tags(key), without_tags(value))).collect())
        }
        other => other,
    }
}

/// Whether a tool that is not ours takes these bytes for what the rule says.
fn is_valid(rule: &str, cddl: &str, bytes: &str) -> Result<(), String> {
    let bytes = hex::decode(bytes).expect("hexadecimal digits");
    let bytes = match ciborium::from_reader::<Value, _>(&bytes[..]) {
        Ok(value) => {
            let mut untagged = Vec::new();
            ciborium::into_writer(&without_tags(value), &mut untagged).expect("CBOR");
            untagged
        }
        Err(_) => bytes,
    };
    validate_cbor_bytes(rule, cddl, &bytes).map_err(|error| format!("{rule}: {error}"))
}

#[test]
fn every_vector_is_valid() {
    let cddl = cddl();
    let vectors = Vectors::read();
    let mut count = 0;
    let mut check = |rule: String, bytes: &str| {
        is_valid(&rule, &cddl, bytes).unwrap();
        is_valid("every.message", &cddl, bytes).unwrap();
        count += 1;
    };
    check("every_create.request".to_owned(), &vectors.setup.request_cbor);
    for vector in &vectors.vectors {
        vector.request_cbor.iter().for_each(|it| check(format!("{}.request", vector.function), it));
        vector.response_cbor.iter().for_each(|it| check(format!("{}.response", vector.function), it));
        vector.events.iter().for_each(|it| check(format!("every.event.{}", it.name), &it.cbor));
    }
    assert!(count > 400, "only {count}");
}

#[test]
fn what_is_wrong_is_not_valid() {
    let cddl = cddl();
    let refused = |rule: &str, bytes: &str| assert!(is_valid(rule, &cddl, bytes).is_err(), "{rule} takes {bytes}");
    let value = |bytes: &str| format!("a16576616c7565{bytes}");
    is_valid("every_give_i8.request", &cddl, &value("187f")).unwrap();
    refused("every_give_i8.request", &value("1880"));
    refused("every_give_u64.request", &value("20"));
    refused("every_give_string.request", &value("4161"));
    refused("every_give_level.request", &value("6141"));
    refused("every_give_char.request", &value("60"));
    refused("every_give_char.request", &value("656162636465"));
    refused("every_give_list_bool.request", &value("8101"));
    refused("every_give_point.request", &value("a16179f6"));
    refused("every_give_i8.request", "a0");
    refused("every_nothing.response", "00");
    refused("every.event.on_number", "a2696576656e7454797065676f6e5f74657874677061796c6f616401");
}

#[test]
fn an_option_may_be_left_out() {
    is_valid("every_give_option_i64.request", &cddl(), "a0").unwrap();
    is_valid("every_give_point.request", &cddl(), "a16576616c7565a16178f93c00").unwrap();
}
