//! What is written from the vectors: a host that runs them all, and a test of the client's own coder.

use crate::render::{Spelling, borrowed, is_key, listed, member, simple};
use crate::sorting::Sorting;
use conformance::{Fired, Value, Vector, Vectors};
use ffi_runtime::schema::{Field, FunctionKind, Library, Payload, Shape, Type};
use heck::ToUpperCamelCase as _;
use minijinja::Environment;
use minijinja::value::Serde;
use serde::Serialize;

/// What the templates are given.
#[derive(Default, Serialize)]
struct Page {
    calls: Vec<Call>,
    /// How the context is made.
    setup: String,
    /// The streams of all events, with what they give.
    streams: Vec<(String, String)>,
    /// The functions that sort what has no order.
    sorting: Vec<String>,
}

/// One vector, in Rust.
#[derive(Serialize)]
struct Call {
    name: String,
    /// What the host calls.
    call: String,
    /// What comes of it.
    expected: String,
    events: Vec<Event>,
    /// The arguments as they are owned, with their types and keys.
    arguments: Vec<Coded>,
    request_cbor: Option<String>,
    result: Option<Coded>,
    response_cbor: Option<String>,
}

/// An event that a call fires.
#[derive(Serialize)]
struct Event {
    name: String,
    stream: String,
    payload: Coded,
    cbor: String,
}

/// A value of a type.
#[derive(Serialize)]
struct Coded {
    key: String,
    ty: String,
    /// The type as it crosses.
    shape: String,
    value: String,
    /// What sorts that in it which has no order.
    sort: String,
}

/// Writes Rust for one of the two modules that the types may be in.
struct Writer<'a> {
    library: &'a Library,
    module: &'static str,
}

/// Where a client has its marks of what crosses as another.
const MARKS: &str = "crate::runtime::shape::";

/// The host that runs every vector.
pub(crate) fn of_host(library: &Library, vectors: &Vectors) -> String {
    let writer = Writer { library, module: "every::" };
    let setup = Value::new(library, &constructor(library), &vectors.setup.request["config"]);
    let setup = borrowed(library, &constructor(library), &setup, &|ty, value| writer.owned(ty, value));
    let streams = library.events.iter().map(|event| (stream(&event.name), writer.told(event.payload.as_ref())));
    let sorting = writer.sorting().functions();
    let page = Page { calls: writer.calls(vectors), setup, streams: streams.collect(), sorting };
    render(include_str!("hosts/vectors.rs.j2"), &page)
}

/// The test of the client's coder, which stands in the client.
pub(crate) fn of_coder(library: &Library, vectors: &Vectors) -> String {
    let writer = Writer { library, module: "types::" };
    let sorting = writer.sorting().functions();
    let page = Page { calls: writer.calls(vectors), sorting, ..Page::default() };
    render(include_str!("hosts/coded.rs.j2"), &page)
}

fn render(template: &str, page: &Page) -> String {
    let text = Environment::new().render_str(template, Serde(page));
    text.expect("the template uses only what it is given")
}

fn constructor(library: &Library) -> Type {
    let constructor = library.functions.iter().find(|function| function.kind == FunctionKind::Constructor);
    constructor.expect("a constructor").params[0].ty.clone()
}

/// `number_stream` for `on_number`.
fn stream(event: &str) -> String {
    format!("{}_stream", event.strip_prefix("on_").unwrap_or(event))
}

impl Writer<'_> {
    fn calls(&self, vectors: &Vectors) -> Vec<Call> {
        vectors.vectors.iter().map(|vector| self.call(vector)).collect()
    }

    fn call(&self, vector: &Vector) -> Call {
        let function = vector.function(self.library);
        let arguments = vector.arguments(self.library);
        let typed = || function.params.iter().zip(&arguments);
        let passed =
            typed().map(|(param, value)| borrowed(self.library, &param.ty, value, &|ty, value| self.owned(ty, value)));
        let short = member(vector.function.strip_prefix("every_").expect("the library's name"));
        let object = if function.kind == FunctionKind::Method { "context" } else { "library" };
        let wait = if function.kind == FunctionKind::Export { "" } else { ".wait()" };
        let result = vector.result(self.library).map(|value| self.coded("", function.returns.as_ref(), &value));
        Call {
            name: format!("{:?}", vector.name),
            call: format!("host.{object}.{short}({}){wait}", listed(passed)),
            expected: match (&result, &vector.error) {
                (Some(result), None) => format!("Ok({})", result.value),
                (_, error) => format!("Err({:?})", error.as_deref().expect("an error or a result")),
            },
            events: vector.events.iter().map(|fired| self.event(fired)).collect(),
            arguments: typed().map(|(param, value)| self.coded(&param.name, Some(&param.ty), value)).collect(),
            request_cbor: vector.request_cbor.clone(),
            result,
            response_cbor: vector.response_cbor.clone(),
        }
    }

    fn event(&self, fired: &Fired) -> Event {
        let event = self.library.events.iter().find(|event| event.name == fired.name).expect("an event");
        let payload = self.coded("", event.payload.as_ref(), &fired.value(self.library));
        Event { name: fired.name.clone(), stream: stream(&fired.name), payload, cbor: fired.cbor.clone() }
    }

    fn coded(&self, key: &str, ty: Option<&Type>, value: &Value) -> Coded {
        let value = ty.map_or_else(|| "()".to_owned(), |ty| self.owned(ty, value));
        let sort = ty.map_or_else(String::new, |ty| self.sorting().of(ty, "it"));
        Coded { key: key.to_owned(), ty: self.told(ty), shape: self.spelled(ty, Some(MARKS)), value, sort }
    }

    fn told(&self, ty: Option<&Type>) -> String {
        self.spelled(ty, None)
    }

    fn spelled(&self, ty: Option<&Type>, marks: Option<&str>) -> String {
        let spelling = Spelling { library: self.library, module: self.module, marks };
        ty.map_or_else(|| "()".to_owned(), |ty| spelling.of(ty))
    }

    fn sorting(&self) -> Sorting<'_> {
        Sorting { library: self.library, module: self.module }
    }

    /// A value as it is owned.
    fn owned(&self, ty: &Type, value: &Value) -> String {
        match (ty, value) {
            (_, Value::Record { name, fields }) => self.record(name, fields),
            (_, Value::Data { name, variant, payload, fields }) => self.data(name, variant, *payload, fields),
            (Type::List(item), Value::List(values)) => {
                format!("vec![{}]", listed(values.iter().map(|it| self.owned(item, it))))
            }
            (Type::Array(item, _), Value::Array { values, .. }) => {
                format!("[{}]", listed(values.iter().map(|it| self.owned(item, it))))
            }
            (Type::Tuple(items), Value::Tuple { values, .. }) => {
                format!("({},)", listed(items.iter().zip(values).map(|(item, it)| self.owned(item, it))))
            }
            (Type::Map(key, held), Value::Map { entries, .. }) => {
                let entry = |(k, v): &(Value, Value)| format!("({}, {})", self.owned(key, k), self.owned(held, v));
                self.collection("BTreeMap", key, &listed(entries.iter().map(entry)))
            }
            (Type::Set(item), Value::Set { values, .. }) => {
                self.collection("BTreeSet", item, &listed(values.iter().map(|it| self.owned(item, it))))
            }
            (Type::Option(item), Value::Present(value)) => format!("Some({})", self.owned(item, value)),
            (Type::Boxed(item), Value::Boxed(value)) => format!("Box::new({})", self.owned(item, value)),
            (ty, value) => simple(self.module, ty, value),
        }
    }

    /// A map or a set, which is a list unless Rust's own has such keys.
    fn collection(&self, own: &str, key: &Type, items: &str) -> String {
        if is_key(self.library, key) {
            format!("std::collections::{own}::from([{items}])")
        } else {
            format!("vec![{items}]")
        }
    }

    fn record(&self, name: &str, values: &[(String, Value)]) -> String {
        let def = self.library.types.iter().find(|def| def.name == name).expect("a described type");
        let Shape::Record { fields } = &def.shape else { panic!("{name} is no record") };
        format!("{}{name} {{ {} }}", self.module, self.named(fields, values))
    }

    fn data(&self, name: &str, said: &str, payload: Payload, values: &[(String, Value)]) -> String {
        let def = self.library.types.iter().find(|def| def.name == name).expect("a described type");
        let Shape::DataEnum { variants } = &def.shape else { panic!("{name} is no enum with data") };
        let variant = variants.iter().find(|variant| variant.name == said).expect("a variant of the enum");
        let typed = variant.fields.iter().zip(values);
        let held = match payload {
            Payload::Unit => String::new(),
            Payload::Value | Payload::Tuple => {
                format!("({})", listed(typed.map(|(field, (_, value))| self.owned(&field.ty, value))))
            }
            Payload::Fields => format!(" {{ {} }}", self.named(&variant.fields, values)),
        };
        format!("{}{name}::{}{held}", self.module, said.to_upper_camel_case())
    }

    fn named(&self, fields: &[Field], values: &[(String, Value)]) -> String {
        let typed = fields.iter().zip(values);
        listed(typed.map(|(field, (key, value))| format!("{}: {}", member(key), self.owned(&field.ty, value))))
    }
}
