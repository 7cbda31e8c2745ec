//! `Codec`, by which `cargo ffi call` reads.

use crate::support::everything;
use crate::support::hostile::{self, Case, Verdict};
use ffi_bindgen::{Codec, JsonError};
use ffi_runtime::schema::Library;
use serde_json::Value;
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

/// The value that the library's own CBOR is.
fn plain(library: &Library, case: &Case, own: &[u8]) -> Value {
    let read = case.read.replacen("on_", "give_", 1);
    outcome(library, &Case { read, ..case.clone() }, own).expect("the library's own CBOR")
}

#[test]
fn the_codec_refuses_hostile_answers() {
    let library = everything();
    let mut wrong = Vec::new();
    for case in hostile::cases() {
        let found = outcome(&library, &case, &case.bytes);
        let is_right = match (&found, &case.verdict) {
            (Ok(value), Verdict::Taken(own)) => case.read == "any" || *value == plain(&library, &case, own),
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
