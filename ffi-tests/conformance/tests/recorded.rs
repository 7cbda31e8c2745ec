//! The vectors are what the library does. `UPDATE_EXPECTED=1` writes the answers anew: then read the
//! change, for every language is held to it.

#[path = "../../tests/common/built.rs"]
mod built;

use conformance::{Fired, Vector, Vectors};
use ffi_bindgen::{CallError, Codec, Context, Heard, Host};
use ffi_runtime::schema::{Function, FunctionKind, Library};
use serde_json::{Value as Json, json};
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Events come after the answer, or before; more than these there are not.
const PATIENCE: Duration = Duration::from_millis(20);

#[test]
fn the_vectors_are_what_the_library_does() {
    let written = Vectors::read();
    let recorded = recorded(&written);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(Vectors::path(), recorded.text()).expect("the file of vectors");
        return;
    }
    for (written, recorded) in written.vectors.iter().zip(&recorded.vectors) {
        assert_eq!(written, recorded, "UPDATE_EXPECTED=1 writes the vectors anew");
    }
    assert_eq!(written, recorded, "UPDATE_EXPECTED=1 writes the vectors anew");
    assert_eq!(std::fs::read_to_string(Vectors::path()).expect("the file"), recorded.text(), "its form");
}

#[test]
fn an_echo_is_the_request() {
    for vector in Vectors::read().vectors {
        let is_echo = ["_give_", "_echo", "_same_"].iter().any(|it| vector.function.contains(it));
        let values: Vec<&Json> = vector.request.as_object().expect("arguments").values().collect();
        if is_echo && vector.error.is_none() {
            assert_eq!(Some(values[0]), vector.response.as_ref(), "{}", vector.name);
        }
    }
}

/// As `cargo ffi schema` prints it, and `diff`, `inspect` and `generate` read it.
#[test]
fn json_keeps_every_byte_of_a_description() {
    let mut libraries = ["every", "echo", "my_timer", "slow"].map(|file| (file, None)).to_vec();
    libraries.extend(["benched", "spinning"].map(|name| ("benched", Some(name))));
    for (file, name) in libraries {
        let file = format!("{}{file}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
        let bytes = ffi_bindgen::schema_bytes(&built::libraries().join(&file), name).expect("a schema");
        let described = Library::from_cbor(&bytes).expect("a schema");
        let json = std::env::temp_dir().join(format!("{}-{file}.json", std::process::id()));
        std::fs::write(&json, serde_json::to_vec_pretty(&described).expect("JSON")).expect("a file");
        let read = ffi_bindgen::described(&json, name).expect("the JSON of a schema");
        std::fs::remove_file(&json).expect("the file");
        assert_eq!(read, bytes, "{file} {name:?}");
    }
}

#[test]
fn every_type_and_every_event_has_a_vector() {
    let written = Vectors::read();
    let host = Host::open(&library(), None).expect("the library");
    let called: HashSet<&str> = written.vectors.iter().map(|it| it.function.as_str()).collect();
    let is_echo =
        |it: &&Function| it.name.contains("_give_") || it.name.contains("_echo") || it.kind == FunctionKind::Export;
    for function in host.schema().functions.iter().filter(is_echo) {
        assert!(called.contains(function.name.as_str()), "no vector for {}", function.name);
    }
    let fired: HashSet<&str> = written.vectors.iter().flat_map(|it| &it.events).map(|it| it.name.as_str()).collect();
    for event in host.schema().events.iter().filter(|event| !event.builtin) {
        assert!(fired.contains(event.name.as_str()), "no vector for {}", event.name);
    }
    let names: HashSet<&str> = written.vectors.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names.len(), written.vectors.len(), "two vectors have one name");
}

fn library() -> PathBuf {
    let file = format!("{}every{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    built::libraries().join(file)
}

/// The vectors with what the library answers.
fn recorded(written: &Vectors) -> Vectors {
    let mut recorded = written.clone();
    let host = Host::open(&library(), Some(&written.library)).expect("the library");
    let constructor = host.function(&written.setup.function).expect("a constructor");
    let setup = Codec::new(host.schema()).request(constructor, &written.setup.request).expect("its request");
    recorded.setup.request_cbor = hex::encode(&setup);
    let mut context = host.create(&setup).expect("a context");
    let (sender, heard) = channel();
    context.listen(move |event| sender.send(event).expect("somebody hears")).expect("a listener");
    for vector in &mut recorded.vectors {
        record(vector, &context, host.schema(), &heard);
    }
    recorded
}

fn record(vector: &mut Vector, context: &Context<'_>, library: &Library, heard: &Receiver<Heard>) {
    let function = vector.function(library);
    if function.kind == FunctionKind::Export {
        return record_export(vector);
    }
    let codec = Codec::new(library);
    let request = codec.request(function, &vector.request).unwrap_or_else(|error| panic!("{}: {error}", vector.name));
    (vector.request_cbor, vector.response, vector.response_cbor, vector.error) =
        (Some(hex::encode(&request)), None, None, None);
    match context.call(function, &request) {
        Ok(bytes) => {
            vector.response = Some(codec.response(function, &bytes).expect("a response"));
            vector.response_cbor = Some(hex::encode(&bytes));
        }
        Err(CallError::Answered(text)) => vector.error = Some(text),
        Err(error) => panic!("{}: {error}", vector.name),
    }
    let fires = function.name.contains("_fire_");
    vector.events = if fires { fired(library, heard) } else { Vec::new() };
}

fn fired(library: &Library, heard: &Receiver<Heard>) -> Vec<Fired> {
    let event = |bytes: Vec<u8>| {
        let name = ffi_bindgen::event_name(&bytes).expect("an event");
        let event = library.events.iter().find(|event| event.name == name).expect("an event of the library");
        let payload = Codec::new(library).event(event, &bytes).expect("its payload");
        Fired { name, payload, cbor: hex::encode(bytes) }
    };
    std::iter::from_fn(|| heard.recv_timeout(PATIENCE).ok()).map(|it| event(it.expect("no gap"))).collect()
}

/// An export has no CBOR, and its result is its argument's but for the few that compute one.
fn record_export(vector: &mut Vector) {
    let argument = |name: &str| vector.request[name].clone();
    (vector.response, vector.error) = match vector.function.as_str() {
        "every_divide" if vector.request["by"] == 0 => {
            (None, Some(format!("every_divide panicked: attempt to divide by zero ({})", division())))
        }
        "every_divide" => (Some(json!(-3)), None),
        "every_next_level" => (Some(next_level(&argument("thisLevel"))), None),
        "every_ignore" => (Some(Json::Null), None),
        _ => (Some(argument("value")), None),
    };
}

/// Where the library divides.
fn division() -> String {
    let is_it = |line: &str| line.trim() == "number / by";
    let line = include_str!("../../src/here.rs").lines().position(is_it).expect("it divides") + 1;
    format!("ffi-tests/src/here.rs:{line}:5")
}

fn next_level(level: &Json) -> Json {
    let levels = ["Lowest", "Middle", "Next", "top"];
    let at = levels.iter().position(|it| level == it).expect("a level");
    json!(levels[(at + 1) % levels.len()])
}
