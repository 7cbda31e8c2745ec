//! Every vector through the Go package, natively and over CBOR: written as Go into the package's own
//! tests, which see its coder too, and run under the race detector.

#[path = "../../tests/common/built.rs"]
mod built;
#[path = "../../tests/common/golang.rs"]
mod golang;
#[path = "go/literal.rs"]
mod literal;

use conformance::{Fired, Value, Vector, Vectors};
use ffi_runtime::schema::{Function, FunctionKind, Library, Shape, Type, TypeDef};
use heck::ToUpperCamelCase as _;
use literal::{item, literal, quoted};
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;
use toolchain::test;

fn main() -> std::process::ExitCode {
    toolchain::main()
}

/// The file of vectors as Go.
#[derive(Serialize)]
struct File {
    setup: String,
    rows: Vec<Row>,
}

/// A vector as Go.
#[derive(Serialize)]
struct Row {
    name: String,
    /// The call, an expression of one or two values.
    call: String,
    /// Whether the call gives a value beside its error.
    gives: bool,
    keys: Vec<Key>,
    request: Option<String>,
    response: Option<String>,
    error: String,
    /// What reads the response.
    item: String,
    result: String,
    events: Vec<Told>,
}

/// A parameter that is encoded.
#[derive(Serialize)]
struct Key {
    key: String,
    item: String,
    value: String,
}

#[derive(Serialize)]
struct Told {
    name: String,
    item: String,
    payload: String,
    cbor: String,
}

impl Row {
    fn new(vector: &Vector, library: &Library) -> Self {
        let function = vector.function(library);
        let returns = function.returns.as_ref();
        let values = vector.arguments(library);
        let keys = function.params.iter().zip(values).map(|(param, value)| Key {
            key: param.name.clone(),
            item: item(&param.ty),
            value: literal(library, &param.ty, &value),
        });
        let keys: Vec<Key> = keys.collect();
        Self {
            name: quoted(&vector.name),
            call: call(function, &keys, library),
            gives: returns.is_some(),
            keys,
            request: vector.request_cbor.clone(),
            response: vector.response_cbor.clone(),
            error: quoted(vector.error.as_deref().unwrap_or_default()),
            item: returns.map_or_else(|| "nothing".to_owned(), item),
            result: given(library, returns, vector.result(library)),
            events: vector.events.iter().map(|fired| Told::new(fired, library)).collect(),
        }
    }
}

impl Told {
    fn new(fired: &Fired, library: &Library) -> Self {
        let event = library.events.iter().find(|event| event.name == fired.name).expect("an event");
        let payload = event.payload.as_ref();
        Self {
            name: quoted(&fired.name),
            item: payload.map_or_else(|| "nothing".to_owned(), item),
            payload: given(library, payload, Some(fired.value(library))),
            cbor: fired.cbor.clone(),
        }
    }
}

fn given(library: &Library, ty: Option<&Type>, value: Option<Value>) -> String {
    match (ty, value) {
        (Some(ty), Some(value)) => literal(library, ty, &value),
        _ => "nil".to_owned(),
    }
}

/// The call of a function, on the context `c` where it needs one.
fn call(function: &Function, keys: &[Key], library: &Library) -> String {
    let mut short = function.name.strip_prefix("every_").expect("the library's prefix").to_upper_camel_case();
    if library.types.iter().any(|def| variants(def).contains(&short)) && function.kind == FunctionKind::Stateless {
        // A variant has the name.
        short.push('_');
    }
    let values: Vec<&str> = keys.iter().map(|key| &*key.value).collect();
    let values = values.join(", ");
    let comma = if keys.is_empty() { "" } else { ", " };
    match function.kind {
        FunctionKind::Stateless => format!("{short}(ctx{comma}{values}, WithTransport(over))"),
        FunctionKind::Export => format!("{short}({values})"),
        _ => format!("c.{short}(ctx{comma}{values})"),
    }
}

/// What Go calls the variants of an enum.
fn variants(def: &TypeDef) -> Vec<String> {
    let names: Vec<&str> = match &def.shape {
        Shape::Record { .. } => Vec::new(),
        Shape::Enumeration { variants } => variants.iter().map(|variant| &*variant.name).collect(),
        Shape::DataEnum { variants } => variants.iter().map(|variant| &*variant.name).collect(),
    };
    names.into_iter().map(|name| format!("{}{}", def.name, name.to_upper_camel_case())).collect()
}

/// The vectors as a file of Go.
fn rows(vectors: &Vectors, library: &Library) -> String {
    let constructor = library.functions.iter().find(|it| it.kind == FunctionKind::Constructor).expect("a constructor");
    let config = &constructor.params[0];
    let setup = Value::new(library, &config.ty, &vectors.setup.request[&config.name]);
    let rows: Vec<Row> = vectors.vectors.iter().map(|vector| Row::new(vector, library)).collect();
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let template = include_str!("go/rows_test.go.j2");
    let file = File { setup: literal(library, &config.ty, &setup), rows };
    environment.render_str(template, Serde(&file)).expect("the template uses only what it is given")
}

#[test]
#[ignore = "it takes long; .ci/go and .ci/run run it"]
fn every_vector_passes_natively_and_over_cbor() {
    toolchain::need("go");
    let library = ffi_bindgen::read_schema(&golang::library("every")).expect("a schema");
    let vectors = Vectors::read();
    let package = golang::package("every", "conformance");
    golang::write(&package, "rows_test.go", &rows(&vectors, &library));
    golang::write(&package, "vectors_test.go", include_str!("go/vectors_test.go"));
    let said = golang::run(&package, &["test", "-race", "-v", "-count=1", "./..."]);
    let count = vectors.vectors.len();
    for transport in ["native", "cbor"] {
        assert!(said.contains(&format!("passed {count} vectors, {transport}\n")), "{said}");
    }
}
