//! Every vector through the C++ header, on both paths, with each compiler.

#[path = "../../tests/common/built.rs"]
mod built;
#[path = "cpp/literal.rs"]
mod literal;
#[path = "native/mod.rs"]
mod native;
mod notes;

use conformance::{Fired, Vector, Vectors};
use ffi_bindgen::Lang;
use ffi_runtime::schema::{FunctionKind, Library};
use literal::literal;
use native::Host;
use serde::Serialize;
use toolchain::test;

fn main() -> std::process::ExitCode {
    toolchain::main()
}

/// A vector as the host's template sees it.
#[derive(Serialize)]
struct Case {
    /// The name in quotes.
    name: String,
    function: String,
    kind: FunctionKind,
    arguments: Vec<String>,
    request_cbor: String,
    /// The result, or nothing where it is an error or nothing.
    response: Option<String>,
    /// Whether it is about a time that C++ cannot hold.
    is_too_far: bool,
    /// Whether it holds what comes in any order.
    is_unordered: bool,
    response_cbor: String,
    /// The error's text in quotes.
    error: Option<String>,
    events: Vec<Told>,
}

/// An event as the host's template sees it.
#[derive(Serialize)]
struct Told {
    value: String,
    is_unordered: bool,
    cbor: String,
}

#[test]
fn every_vector_passes_in_cpp() {
    let host = Host::new("every", "cpp", &[Lang::C, Lang::Cpp]);
    let vectors = Vectors::read();
    let cases: Vec<Case> = vectors.vectors.iter().map(|vector| case(&host.library, vector)).collect();
    let setup = literal::arguments(&host.library, &vectors.setup.function, &vectors.setup.request);
    let template = include_str!("cpp/host.cpp.j2");
    host.write(
        "host.cpp",
        template,
        &serde_json::json!({ "cases": cases, "setup": setup, "setup_cbor": vectors.setup.request_cbor }),
    );
    host.passes("g++", "c++20", "host.cpp", vectors.vectors.len());
    if toolchain::also("clang++") {
        host.passes("clang++", "c++20", "host.cpp", vectors.vectors.len());
    }
}

#[test]
fn the_notes_are_kept_and_their_errors_told_apart() {
    let host = Host::new("notes", "notes", &[Lang::C, Lang::Cpp]);
    let file = host.folder.join("notes.db");
    let _ = std::fs::remove_file(&file);
    let source = notes::folder().join("cpp/host.cpp");
    assert_eq!(host.says("g++", "c++20", &source, &[&file]), notes::EXPECTED);
}

fn case(library: &Library, vector: &Vector) -> Case {
    let function = vector.function(library);
    let result = function.returns.as_ref().zip(vector.result(library));
    let is_too_far = result.as_ref().is_some_and(|(_, value)| literal::is_too_far(value));
    let arguments = Some(&vector.request).filter(|_| !is_too_far);
    let response = result.filter(|_| !is_too_far).map(|(ty, value)| literal(library, ty, &value));
    Case {
        name: native::quoted(&vector.name),
        function: short(&vector.function),
        kind: function.kind,
        arguments: arguments.map(|it| literal::arguments(library, &vector.function, it)).unwrap_or_default(),
        is_too_far,
        request_cbor: vector.request_cbor.clone().unwrap_or_default(),
        response,
        is_unordered: function.returns.as_ref().is_some_and(|ty| literal::is_unordered(library, ty)),
        response_cbor: vector.response_cbor.clone().unwrap_or_default(),
        error: vector.error.as_deref().map(native::quoted),
        events: vector.events.iter().map(|fired| told(library, fired)).collect(),
    }
}

fn told(library: &Library, fired: &Fired) -> Told {
    let event = library.events.iter().find(|event| event.name == fired.name).expect("an event");
    let payload = event.payload.as_ref();
    let is_unordered = payload.is_some_and(|ty| literal::is_unordered(library, ty));
    let payload = payload.map(|ty| literal(library, ty, &fired.value(library))).unwrap_or_default();
    Told { value: format!("every::events::{}{{{payload}}}", fired.name), is_unordered, cbor: fired.cbor.clone() }
}

/// The symbol without the library's prefix.
fn short(symbol: &str) -> String {
    symbol.strip_prefix("every_").expect("a symbol of the library").to_owned()
}
