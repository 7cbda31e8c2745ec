//! `Codec`, by which `cargo ffi call` reads.

use crate::support::everything;
use crate::support::hostile::{self, Case, Verdict};
use ffi_bindgen::{Codec, JsonError};
use ffi_runtime::schema::Library;
use serde_json::{Value, json};
use toolchain::test;

/// What a message is in JSON; null where that is not asked for.
fn outcome(library: &Library, case: &Case, bytes: &[u8]) -> Result<Value, JsonError> {
    let codec = Codec::new(library);
    let event = |name: &str| library.events.iter().find(|event| event.name == name);
    if case.read == "any" {
        let name = ffi_bindgen::event_name(bytes)?;
        return event(&name).map_or(Ok(Value::Null), |event| codec.event(event, bytes));
    }
    if let Some(event) = event(&case.read) {
        return codec.event(event, bytes);
    }
    let name = match case.read.as_str() {
        "give_nothing" => "all_nothing".to_owned(),
        give => format!("all_{give}"),
    };
    let function = library.functions.iter().find(|function| function.name == name).expect("a function");
    codec.response(function, bytes)
}

/// Whether the value is the one with this CBOR, which is the library's own: the order of entries apart.
fn is(library: &Library, case: &Case, value: &Value, own: &[u8]) -> bool {
    let name = format!("all_{}", case.read.replacen("on_", "give_", 1));
    match library.functions.iter().find(|function| function.name == name) {
        Some(give) => {
            let request = Codec::new(library).request(give, &json!({ "it": value })).expect("a value of the type");
            request == [b"\xa1\x62it", own].concat()
        }
        None => value.is_null(),
    }
}

#[test]
fn the_codec_refuses_hostile_answers() {
    let library = everything();
    let mut wrong = Vec::new();
    for case in hostile::cases() {
        let found = outcome(&library, &case, &case.bytes);
        let is_right = match (&found, &case.verdict) {
            (Ok(value), Verdict::Taken(own)) => case.read == "any" || is(&library, &case, value, own),
            (Err(_), Verdict::Refused(None)) => true,
            // Of an event whose name alone is asked for, no more than that is known.
            (Err(error), Verdict::Refused(Some(path))) => {
                error.path.ends_with(path) || error.path == "an event: payload"
            }
            (Ok(_), Verdict::Refused(_)) | (Err(_), Verdict::Taken(_)) => false,
        };
        if !is_right {
            wrong.push(format!("{:.200}: {found:?}", case.to_string()));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
