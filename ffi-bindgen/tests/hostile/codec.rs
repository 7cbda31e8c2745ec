//! `Codec`, by which `cargo ffi call` reads.

use crate::support::everything;
use crate::support::hostile::{self, Case, Verdict};
use ffi_bindgen::{Codec, JsonError};
use ffi_runtime::schema::Library;
use toolchain::test;

fn outcome(library: &Library, case: &Case) -> Result<(), JsonError> {
    let codec = Codec::new(library);
    let event = |name: &str| library.events.iter().find(|event| event.name == name);
    if case.read == "any" {
        let name = ffi_bindgen::event_name(&case.bytes)?;
        return event(&name).map_or(Ok(()), |event| codec.event(event, &case.bytes).map(drop));
    }
    if let Some(event) = event(&case.read) {
        return codec.event(event, &case.bytes).map(drop);
    }
    let name = match case.read.as_str() {
        "give_nothing" => "all_nothing".to_owned(),
        give => format!("all_{give}"),
    };
    let function = library.functions.iter().find(|function| function.name == name).expect("a function");
    codec.response(function, &case.bytes).map(drop)
}

#[test]
fn the_codec_refuses_hostile_answers() {
    let library = everything();
    let mut wrong = Vec::new();
    for case in hostile::cases() {
        let outcome = outcome(&library, &case);
        let is_right = match (&outcome, &case.verdict) {
            (Ok(()), Verdict::Taken(_)) | (Err(_), Verdict::Refused(None)) => true,
            // Of an event whose name alone is asked for, no more than that is known.
            (Err(error), Verdict::Refused(Some(path))) => {
                error.path.ends_with(path) || error.path == "an event: payload"
            }
            (Ok(()), Verdict::Refused(_)) | (Err(_), Verdict::Taken(_)) => false,
        };
        if !is_right {
            wrong.push(format!("{:.200}: {outcome:?}", case.to_string()));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
