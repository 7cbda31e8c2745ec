//! Descriptions of a library that no build of one carries.

use crate::support::{
    data_enum, enumeration, event, function, hex, library, list, method, named, option, record, with_events,
};
use ciborium::Value;
use ffi_runtime::schema::{FunctionKind, Library, Payload, Type};

/// What becomes of a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is refused.
    Refused,
    /// It is taken or refused, as what is wrong there is asked for or not.
    Either,
}

/// A description, and what is wrong with it.
pub(crate) struct Schema {
    pub(crate) verdict: Verdict,
    pub(crate) bytes: Vec<u8>,
    pub(crate) what: String,
}

/// Lines `verdict hex what`.
pub(crate) fn lines() -> String {
    let line = |Schema { verdict, bytes, what }: Schema| {
        let verdict = if verdict == Verdict::Refused { "refused" } else { "either" };
        let bytes = if bytes.is_empty() { "-".to_owned() } else { hex(&bytes) };
        format!("{verdict} {bytes} {what}\n")
    };
    all().into_iter().map(line).collect()
}

/// A library with each kind of item.
fn small() -> Library {
    let types = vec![
        enumeration("Mode", &[("Off", 0)]),
        record("Point", &[("x", Type::F64), ("y", option(Type::F64))]),
        data_enum("Shape", &[("Line", Payload::Fields, &[("to", named("Point"))]), ("Dot", Payload::Unit, &[])]),
    ];
    let functions = vec![
        function(FunctionKind::Constructor, "fake_open", &[], None),
        method("fake_give", &[("it", list(named("Point")))], Some(named("Mode"))),
        function(FunctionKind::Stateless, "fake_add", &[("it", Type::I64)], Some(Type::String)),
        method("fake_draw", &[("it", named("Shape"))], None),
        function(FunctionKind::Destructor, "fake_finish", &[], None),
    ];
    with_events(library("fake", types, functions), vec![event("on_point", Some(named("Point")))])
}

/// Every description.
pub(crate) fn all() -> Vec<Schema> {
    let whole = small().to_cbor();
    let root: Value = ciborium::from_reader(&whole[..]).expect("CBOR");
    let mut schemas = malformed(&whole);
    let mut paths = Vec::new();
    places(&root, &mut Vec::new(), &mut paths);
    for path in paths {
        for (with, what) in replacements() {
            schemas.push(Schema {
                verdict: Verdict::Either,
                bytes: bytes(&replaced(&root, &path, &with)),
                what: format!("{what} at {path:?}"),
            });
        }
    }
    for name in ["format", "name", "functions", "types"] {
        let mut entries = root.clone().into_map().expect("a map");
        entries.retain(|(key, _)| key.as_text() != Some(name));
        schemas.push(refused(bytes(&Value::Map(entries)), format!("without {name}")));
    }
    schemas.extend(types());
    schemas.extend(payloads());
    schemas
}

/// Variants of an enum with data that hold what their form does not allow.
fn payloads() -> impl Iterator<Item = Schema> {
    let with = |payload, fields: &[(&str, Type)]| {
        let mut library = small();
        library.types.push(data_enum("Odd", &[("It", payload, fields)]));
        library.to_cbor()
    };
    let [one, two] = [("_0", Type::I8), ("_1", Type::I8)];
    [
        (with(Payload::Unit, std::slice::from_ref(&one)), "nothing, and a field"),
        (with(Payload::Value, &[]), "a value without a field"),
        (with(Payload::Value, &[one, two]), "a value of two fields"),
    ]
    .into_iter()
    .map(|(bytes, what)| Schema { verdict: Verdict::Either, bytes, what: what.to_owned() })
}

fn refused(bytes: Vec<u8>, what: impl Into<String>) -> Schema {
    Schema { verdict: Verdict::Refused, bytes, what: what.into() }
}

fn bytes(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).expect("a Vec takes every byte");
    bytes
}

fn malformed(whole: &[u8]) -> Vec<Schema> {
    const MANY: usize = 100_000;
    let twice = [&[whole[0] + 1][..], &whole[1..], b"\x64name\x64fake"].concat();
    let mut schemas = vec![
        refused(Vec::new(), "no bytes"),
        refused(b"\x81".repeat(MANY), "lists without an end"),
        refused(b"\x9f".repeat(MANY), "lists of no known length without an end"),
        refused(b"\xa1\x00".repeat(MANY), "maps without an end"),
        refused([&b"\xa2\x61x"[..], &b"\x81".repeat(MANY), b"\x00\x66format\x01"].concat(), "a key that nests"),
        refused(b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(), "the greatest length"),
        refused([whole, b"\x00"].concat(), "a byte behind it"),
        refused([whole, whole].concat(), "two of them"),
        refused(twice, "a name that stands twice"),
        refused(b"\x61\xff".to_vec(), "no text"),
        refused(b"\xa0".to_vec(), "an empty map"),
    ];
    let cuts = (0..whole.len()).step_by(whole.len() / 60);
    schemas.extend(cuts.map(|end| refused(whole[..end].to_vec(), format!("cut at {end}"))));
    schemas
}

/// A step to a value: the place of an entry of a map, or of an element of a list.
type Path = Vec<usize>;

fn places(value: &Value, here: &mut Path, found: &mut Vec<Path>) {
    let inner: Vec<&Value> = match value {
        Value::Map(entries) => entries.iter().map(|(_, value)| value).collect(),
        // The first element is like the others.
        Value::Array(items) => items.iter().take(1).collect(),
        _ => Vec::new(),
    };
    for (at, value) in inner.into_iter().enumerate() {
        here.push(at);
        found.push(here.clone());
        places(value, here, found);
        here.pop();
    }
}

fn replaced(root: &Value, path: &[usize], with: &Value) -> Value {
    let Some((&at, rest)) = path.split_first() else { return with.clone() };
    let mut root = root.clone();
    match &mut root {
        Value::Map(entries) => entries[at].1 = replaced(&entries[at].1, rest, with),
        Value::Array(items) => items[at] = replaced(&items[at], rest, with),
        other => panic!("a path into {other:?}"),
    }
    root
}

fn replacements() -> Vec<(Value, &'static str)> {
    vec![
        (Value::Null, "null"),
        (Value::Integer(u64::MAX.into()), "a great number"),
        (Value::Text("\u{1b}[2J\0 a b".to_owned()), "a text that is no name"),
        (Value::Array(vec![Value::Integer(1.into())]), "a list"),
        (Value::Map(vec![(Value::Text("x".to_owned()), Value::Null)]), "a map"),
        (Value::Array(Vec::new()), "an empty list"),
    ]
}

/// Types that there are not, or that hold each other without an end.
fn types() -> Vec<Schema> {
    let with = |ty: Type| {
        let mut library = small();
        library.functions[2].returns = Some(ty);
        library.to_cbor()
    };
    let deep = |hold: fn(Type) -> Type, levels: usize| (0..levels).fold(Type::I8, |ty, _| hold(ty));
    let mut schemas = vec![refused(with(named("Nowhere")), "a type that is not described")];
    for (hold, what) in [(list as fn(Type) -> Type, "lists"), (option, "options")] {
        let (verdict, bytes) = (Verdict::Either, with(deep(hold, 200)));
        schemas.push(Schema { verdict, bytes, what: format!("{what} within {what}") });
    }
    let mut chained = small();
    let link = |at: usize| record(&format!("T{at}"), &[("next", option(list(named(&format!("T{}", at + 1)))))]);
    chained.types.extend((0..5_000).map(link));
    chained.types.push(record("T5000", &[]));
    chained.functions[2].returns = Some(named("T0"));
    schemas.push(Schema { verdict: Verdict::Either, bytes: chained.to_cbor(), what: "records in a chain".to_owned() });
    schemas
}
