//! What the tests share: libraries made by hand, and a C compiler.
#![allow(dead_code, reason = "each test file uses its own part")]

pub(crate) mod compiler;
pub(crate) mod echo;
pub(crate) mod hostile;
pub(crate) mod random;
mod seal;
pub(crate) mod stand_in;
pub(crate) mod variants;

use ffi_runtime::schema::{
    DataVariant, Event, FORMAT, Field, Fingerprint, Function, FunctionKind, Library, Options, Param, Payload, Shape,
    Target, Text, Type, TypeDef, Variant,
};

/// A library for x86-64 with layouts and fingerprints filled in.
pub(crate) fn library(name: &str, types: Vec<TypeDef>, functions: Vec<Function>) -> Library {
    let mut library = Library {
        format: FORMAT,
        name: name.to_owned(),
        version: "0.1.0".to_owned(),
        docs: String::new(),
        target: Target { pointer_bits: 64, little_endian: true },
        options: Options::DEFAULT,
        functions,
        events: Vec::new(),
        types,
        abi_hash: 0,
    };
    library.types.sort_by(|a, b| a.name.cmp(&b.name));
    seal::seal(&mut library);
    library
}

/// The same with events, of which every library with a constructor has some.
pub(crate) fn with_events(mut library: Library, events: Vec<Event>) -> Library {
    let builtin = [("EventsDropped", "count"), ("NotResponding", "stalled_ms")];
    library.types.extend(builtin.map(|(name, field)| record(name, &[(field, Type::U64)])));
    library.types.push(record("Responding", &[]));
    library.types.sort_by(|a, b| a.name.cmp(&b.name));
    library.events = events;
    let names =
        [("events_dropped", "EventsDropped"), ("not_responding", "NotResponding"), ("responding", "Responding")];
    library.events.extend(names.map(|(name, payload)| Event { builtin: true, ..event(name, Some(named(payload))) }));
    seal::seal(&mut library);
    library
}

/// A library with other functions, types and events, laid out and sealed anew.
pub(crate) fn changed(mut library: Library, change: impl FnOnce(&mut Library)) -> Library {
    change(&mut library);
    library.types.retain(|def| !["EventsDropped", "NotResponding", "Responding"].contains(&def.name.as_str()));
    let events = library.events.extract_if(.., |event| !event.builtin).collect();
    with_events(library, events)
}

pub(crate) fn event(name: &str, payload: Option<Type>) -> Event {
    let (name, rust_name, docs) = (name.to_owned(), name.to_owned(), String::new());
    Event { name, rust_name, docs, payload, builtin: false, fingerprint: Fingerprint::default() }
}

pub(crate) fn record(name: &str, fields: &[(&str, Type)]) -> TypeDef {
    let field = |(name, ty): &(&str, Type)| Field {
        name: (*name).to_owned(),
        rust_name: (*name).to_owned(),
        docs: String::new(),
        ty: ty.clone(),
        offset: 0,
    };
    type_def(name, Shape::Record { fields: fields.iter().map(field).collect() })
}

pub(crate) fn enumeration(name: &str, variants: &[(&str, i32)]) -> TypeDef {
    let variant = |&(name, value): &(&str, i32)| Variant {
        name: name.to_owned(),
        rust_name: name.to_owned(),
        docs: String::new(),
        value,
    };
    type_def(name, Shape::Enumeration { variants: variants.iter().map(variant).collect() })
}

/// A variant of an enum with data: its name, what it holds, and its fields.
type DataVariantOf<'a> = (&'a str, Payload, &'a [(&'a str, Type)]);

/// An enum with data, of these variants.
pub(crate) fn data_enum(name: &str, variants: &[DataVariantOf<'_>]) -> TypeDef {
    let variant = |&(name, payload, fields): &DataVariantOf<'_>| {
        let Shape::Record { fields } = record(name, fields).shape else { unreachable!("it was made so") };
        DataVariant { name: name.to_owned(), rust_name: name.to_owned(), docs: String::new(), payload, fields }
    };
    type_def(name, Shape::DataEnum { variants: variants.iter().map(variant).collect() })
}

fn type_def(name: &str, shape: Shape) -> TypeDef {
    let path = format!("krate::{name}");
    let fingerprint = Fingerprint::default();
    TypeDef { name: name.to_owned(), path, docs: String::new(), size: 0, align: 1, shape, fingerprint }
}

pub(crate) fn function(kind: FunctionKind, name: &str, params: &[(&str, Type)], returns: Option<Type>) -> Function {
    let param = |(name, ty): &(&str, Type)| Param {
        name: (*name).to_owned(),
        rust_name: (*name).to_owned(),
        docs: String::new(),
        ty: ty.clone(),
    };
    Function {
        name: name.to_owned(),
        rust_name: name.to_owned(),
        kind,
        docs: String::new(),
        params: params.iter().map(param).collect(),
        returns,
        error: None,
        is_async: false,
        exclusive: false,
        inline: false,
        deadline_ms: None,
        droppable: false,
        fingerprint: Fingerprint::default(),
    }
}

/// The record of the text and the error that comes with `RET_FAILURE`, for errors of the type of this name.
pub(crate) fn failure(error: &str) -> TypeDef {
    record(&format!("failure_{error}"), &[("message", Type::String), ("error", named(error))])
}

/// The function, which fails with errors of the type of this name.
pub(crate) fn failing(error: &str, function: Function) -> Function {
    Function { error: Some(named(&format!("failure_{error}"))), ..function }
}

pub(crate) fn method(name: &str, params: &[(&str, Type)], returns: Option<Type>) -> Function {
    function(FunctionKind::Method, name, params, returns)
}

pub(crate) fn list(ty: Type) -> Type {
    Type::List(Box::new(ty))
}

pub(crate) fn option(ty: Type) -> Type {
    Type::Option(Box::new(ty))
}

pub(crate) fn boxed(ty: Type) -> Type {
    Type::Boxed(Box::new(ty))
}

pub(crate) fn map(key: Type, value: Type) -> Type {
    Type::Map(Box::new(key), Box::new(value))
}

pub(crate) fn set(item: Type) -> Type {
    Type::Set(Box::new(item))
}

pub(crate) fn array(item: Type, len: u64) -> Type {
    Type::Array(Box::new(item), len)
}

pub(crate) fn named(name: &str) -> Type {
    Type::Named(name.to_owned())
}

/// The timer of the examples, small and documented, whose text is NUL-terminated.
pub(crate) fn my_timer() -> Library {
    let mut echo = record("EchoRequest", &[("message", Type::String), ("delayMs", Type::U32)]);
    echo.docs = "What to echo, and when.".to_owned();
    let mut call = method("my_timer_echo", &[("req", named("EchoRequest"))], Some(named("EchoResponse")));
    call.docs = "Echoes the message after a while.\n\nAnswers in order.".to_owned();
    call.params[0].docs = "what to echo".to_owned();
    call.deadline_ms = Some(30_000);
    let mut schedule =
        method("my_timer_schedule", &[("jobs", list(named("Job"))), ("at", option(Type::U64))], Some(Type::I64));
    (schedule.deadline_ms, schedule.droppable) = (Some(1_000), true);
    let types = vec![
        record("TimerConfig", &[("name", Type::String)]),
        echo,
        record("EchoResponse", &[("echoed", Type::String), ("label", option(Type::String))]),
        record("EchoEvent", &[("message", Type::String), ("echoCount", Type::I64)]),
        enumeration("JobPriority", &[("Low", -1), ("High", 10)]),
        record("Job", &[("priority", named("JobPriority")), ("tags", list(Type::String)), ("blob", Type::Bytes)]),
    ];
    let functions = vec![
        function(FunctionKind::Constructor, "my_timer_create", &[("config", named("TimerConfig"))], None),
        call,
        method("my_timer_version", &[], Some(Type::String)),
        schedule,
        method("my_timer_reset", &[], None),
        function(FunctionKind::Destructor, "my_timer_destroy", &[], None),
    ];
    let mut fired = event("on_echo_fired", Some(named("EchoEvent")));
    fired.docs = "An echo was made.\n\nBefore its answer.".to_owned();
    let events =
        vec![fired, event("on_tick", Some(Type::U64)), event("on_note", Some(Type::String)), event("on_idle", None)];
    let mut timer = library("my_timer", types, functions);
    timer.options.text = Text::C;
    let mut library = with_events(timer, events);
    library.docs = "A timer.".to_owned();
    library.options.stale_warn_ms = 5_000;
    library
}

/// Every type, nested in every way, and a function for every kind of result.
pub(crate) fn everything() -> Library {
    let scalars = every_scalar();
    let wide = record("Scalars", &scalars.iter().map(|(name, ty)| (*name, ty.clone())).collect::<Vec<_>>());
    let many = record(
        "Many",
        &[
            ("strings", list(Type::String)),
            ("flags", list(Type::Bool)),
            ("letters", list(Type::Char)),
            ("blobs", list(Type::Bytes)),
            ("bytes_as_numbers", list(Type::U8)),
            ("matrix", list(list(Type::F64))),
            ("holes", list(option(Type::I64))),
            ("modes", list(named("Mode"))),
            ("scalars", list(named("Scalars"))),
            ("boxes", list(boxed(named("Empty")))),
        ],
    );
    let maybe = record(
        "Maybe",
        &[
            ("text", option(Type::String)),
            ("blob", option(Type::Bytes)),
            ("number", option(Type::F32)),
            ("mode", option(named("Mode"))),
            ("list", option(list(Type::I16))),
            ("scalars", option(named("Scalars"))),
            ("boxed", option(boxed(Type::String))),
        ],
    );
    let types = vec![
        wide,
        many,
        maybe,
        enumeration("Mode", &[("Off", i32::MIN), ("Slow", -1), ("Fast", 0), ("Max", i32::MAX)]),
        record("Empty", &[]),
        record("Tree", &[("name", Type::String), ("children", list(named("Tree")))]),
        data_enum(
            "Block",
            &[
                ("Rule", Payload::Unit, &[]),
                ("Text", Payload::Value, &[("_0", Type::String)]),
                ("Maybe", Payload::Value, &[("_0", option(Type::I8))]),
                ("Pair", Payload::Tuple, &[("_0", Type::I8), ("_1", option(Type::Char))]),
                (
                    "Head",
                    Payload::Fields,
                    &[("type", Type::U8), ("of", option(Type::I8)), ("inner", list(named("Block")))],
                ),
                ("Quote", Payload::Value, &[("_0", boxed(named("Block")))]),
            ],
        ),
        record("Chain", &[("value", Type::I32), ("next", option(boxed(named("Chain"))))]),
        record(
            "Held",
            &[
                ("by_mode", map(named("Mode"), list(Type::Tuple(vec![Type::I8, option(Type::Char)])))),
                ("by_pair", map(Type::Tuple(vec![Type::U8, Type::Bool]), option(named("Block")))),
                ("table", map(Type::String, named("Held"))),
                ("words", set(Type::String)),
                ("fixed", array(named("Mode"), 2)),
                ("spans", list(Type::Duration)),
                ("at", option(Type::Time)),
                ("wide", option(Type::I128)),
                ("paths", list(Type::Path)),
                ("machine", option(Type::IpAddr)),
            ],
        ),
        failure("Mode"),
        failure("All"),
        failure("Empty"),
        // Sorted before what it holds by value.
        record(
            "All",
            &[
                ("scalars", named("Scalars")),
                ("many", named("Many")),
                ("maybe", named("Maybe")),
                ("empty", named("Empty")),
                ("tree", named("Tree")),
                ("chain", boxed(named("Chain"))),
                ("deep", boxed(boxed(boxed(Type::I8)))),
            ],
        ),
    ];
    let mut functions = vec![
        failing("Mode", function(FunctionKind::Constructor, "all_create", &[], None)),
        failing("All", method("all_fail", &[("it", named("All"))], Some(Type::U8))),
        failing("Empty", method("all_fail_empty", &[], None)),
        failing(
            "Mode",
            function(FunctionKind::Stateless, "all_fail_alone", &[("it", named("Mode"))], Some(Type::String)),
        ),
        method("all_many_params", &scalars, None),
        method("all_nothing", &[], None),
    ];
    functions.extend(
        every_given()
            .iter()
            .map(|(name, ty)| method(&format!("all_give_{name}"), &[("it", ty.clone())], Some(ty.clone()))),
    );
    functions.push(function(FunctionKind::Destructor, "all_destroy", &[], None));
    let mut events = vec![event("on_nothing", None)];
    events.extend(every_given().into_iter().map(|(name, ty)| event(&format!("on_{name}"), Some(ty))));
    with_events(library("all", types, functions), events)
}

/// What `all_give_…` takes as `it` and gives back, and `on_…` tells.
pub(crate) fn every_given() -> Vec<(&'static str, Type)> {
    let mut given = every_scalar();
    given.extend(["All", "Many", "Maybe", "Empty", "Tree", "Chain"].map(|name| (name, named(name))));
    given.push(("Block", named("Block")));
    given.push(("list", list(option(named("Mode")))));
    given.push(("option", option(boxed(Type::String))));
    given.push(("box", boxed(named("Chain"))));
    given.push(("Held", named("Held")));
    given.push(("map", map(Type::String, Type::I8)));
    given.push(("map_pair", map(Type::Tuple(vec![Type::I8, Type::I8]), option(Type::Bool))));
    given.push(("set", set(Type::U8)));
    given.push(("set_text", set(Type::String)));
    given.push(("tuple", Type::Tuple(vec![Type::I8, option(Type::Char)])));
    given.push(("array", array(Type::I8, 2)));
    given.push(("array_bytes", array(Type::U8, 2)));
    given.push(("duration", Type::Duration));
    given.push(("time", Type::Time));
    given.push(("i128", Type::I128));
    given.push(("u128", Type::U128));
    given.push(("path", Type::Path));
    given.push(("ip_addr", Type::IpAddr));
    given.push(("socket_addr", Type::SocketAddr));
    given
}

fn every_scalar() -> Vec<(&'static str, Type)> {
    vec![
        ("i8", Type::I8),
        ("u64", Type::U64),
        ("i16", Type::I16),
        ("f32", Type::F32),
        ("u8", Type::U8),
        ("i64", Type::I64),
        ("bool", Type::Bool),
        ("f64", Type::F64),
        ("u16", Type::U16),
        ("isize", Type::Isize),
        ("char", Type::Char),
        ("usize", Type::Usize),
        ("i32", Type::I32),
        ("u32", Type::U32),
        ("text", Type::String),
        ("blob", Type::Bytes),
        ("mode", named("Mode")),
    ]
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(16)).collect();
    digits.chunks(2).map(|pair| u8::try_from(pair[0] * 16 + pair[1]).unwrap()).collect()
}
