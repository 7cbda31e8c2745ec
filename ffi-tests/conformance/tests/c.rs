//! Every vector through the C header: the native structs, and the helpers of the CBOR path.

#[path = "../../tests/common/built.rs"]
mod built;
#[path = "c/literal.rs"]
mod literal;
#[path = "native/mod.rs"]
mod native;

use conformance::{Vector, Vectors};
use ffi_bindgen::Lang;
use ffi_runtime::schema::{Function, FunctionKind, Library, Type};
use literal::{codec, literal, spell};
use native::{Host, quoted};
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
    symbol: String,
    kind: FunctionKind,
    arguments: Vec<String>,
    result: Option<Typed>,
    /// The result of an export.
    value: Option<String>,
    request: String,
    response: String,
    /// The error's text in quotes.
    error: Option<String>,
    events: Vec<String>,
}

/// An event that the host listens for, or a function that it calls, with what that gives.
#[derive(Serialize)]
struct Giver {
    name: String,
    payload: Option<Typed>,
}

/// A type with what encodes it.
#[derive(Serialize)]
struct Typed {
    ty: String,
    codec: String,
    /// Whether the native path gives the bytes themselves.
    is_raw: bool,
    /// The major type of such bytes.
    major: u8,
}

#[test]
fn every_vector_passes_in_c() {
    let host = Host::new("every", "c", &[Lang::C]);
    let (library, vectors) = (&host.library, Vectors::read());
    let cases: Vec<Case> = vectors.vectors.iter().map(|vector| case(library, vector)).collect();
    let events: Vec<Giver> = library.events.iter().map(|it| giver(&it.name, it.payload.as_ref())).collect();
    let called = |it: &&Function| vectors.vectors.iter().any(|vector| vector.function == it.name);
    let functions = library.functions.iter().filter(|it| it.kind != FunctionKind::Export).filter(called);
    let functions: Vec<Giver> = functions.map(|it| giver(&it.name, it.returns.as_ref())).collect();
    let setup = literal::arguments(library, &vectors.setup.function, &vectors.setup.request);
    let context = serde_json::json!({
        "cases": cases, "events": events, "functions": functions, "setup": setup, "setup_cbor": vectors.setup.request_cbor,
    });
    host.write("bytes.h", include_str!("c/bytes.h"), &());
    host.write("host.c", include_str!("c/host.c.j2"), &context);
    host.passes("gcc", "c99", "host.c", vectors.vectors.len());
    if toolchain::also("clang") {
        host.passes("clang", "c99", "host.c", vectors.vectors.len());
    }
}

fn case(library: &Library, vector: &Vector) -> Case {
    let function = vector.function(library);
    let arguments = literal::arguments(library, &vector.function, &vector.request);
    let value = function.returns.as_ref().zip(vector.result(library)).map(|(ty, it)| literal(library, ty, &it));
    Case {
        name: quoted(&vector.name),
        symbol: vector.function.clone(),
        kind: function.kind,
        arguments,
        result: function.returns.as_ref().map(typed),
        value: if function.kind == FunctionKind::Export { value } else { None },
        request: vector.request_cbor.clone().unwrap_or_default(),
        response: vector.response_cbor.clone().unwrap_or_default(),
        error: vector.error.as_deref().map(quoted),
        events: vector.events.iter().map(|fired| fired.cbor.clone()).collect(),
    }
}

fn giver(name: &str, gives: Option<&Type>) -> Giver {
    Giver { name: name.to_owned(), payload: gives.map(typed) }
}

fn typed(ty: &Type) -> Typed {
    let is_text = matches!(ty, Type::String | Type::Path | Type::IpAddr | Type::SocketAddr);
    Typed { ty: spell(ty), codec: codec(ty), is_raw: is_text || *ty == Type::Bytes, major: if is_text { 3 } else { 2 } }
}
