//! A library describes itself, and its fingerprints tell what changed.

use every as _;
use ffi_runtime::schema::{FORMAT, FunctionKind, Library, Options, Payload, Shape, Text, Type};
use std::collections::BTreeSet;

unsafe extern "C" {
    fn every_ffi_schema(len: *mut usize) -> *const u8;
    fn every_ffi_abi_hash() -> u64;
    fn my_timer_schema(len: *mut usize) -> *const u8;
    fn echo_schema(len: *mut usize) -> *const u8;
}

// Linked for their symbols: three libraries in this one binary.
use echo as _;
use my_timer as _;

fn read(schema: unsafe extern "C" fn(*mut usize) -> *const u8) -> Library {
    let mut len = 0;
    // SAFETY: the length is writable.
    let bytes = unsafe { schema(&raw mut len) };
    // SAFETY: the schema is static memory.
    let bytes = unsafe { std::slice::from_raw_parts(bytes, len) };
    Library::from_cbor(bytes).expect("a schema")
}

#[test]
fn libraries_in_one_binary_list_their_own() {
    let names = |library: &Library| library.functions.iter().map(|f| f.name.clone()).collect::<Vec<_>>();
    assert_eq!(
        names(&read(my_timer_schema)),
        [
            "my_timer_create",
            "my_timer_echo",
            "my_timer_version",
            "my_timer_complex",
            "my_timer_schedule",
            "my_timer_destroy"
        ]
    );
    assert_eq!(
        names(&read(echo_schema)),
        ["echo_create", "echo_shout", "echo_prefix", "echo_upper", "echo_is_loud", "echo_version", "echo_destroy"]
    );
    assert!(names(&read(every_ffi_schema)).iter().all(|name| name.starts_with("every_")));
    let types: Vec<_> = read(echo_schema).types.into_iter().map(|def| def.name).collect();
    let builtin = ["EventsDropped", "NotResponding", "Responding"];
    assert_eq!(types, ["EchoConfig", builtin[0], builtin[1], builtin[2], "ShoutRequest", "ShoutResponse"]);
    let events = |library: &Library| library.events.iter().map(|event| event.name.clone()).collect::<Vec<_>>();
    let builtin = ["events_dropped", "not_responding", "responding"];
    assert_eq!(events(&read(echo_schema)), builtin);
    assert_eq!(events(&read(my_timer_schema)), ["on_echo_fired", builtin[0], builtin[1], builtin[2]]);
}

#[test]
fn the_form_of_text_is_described() {
    let forms = [every_ffi_schema, my_timer_schema, echo_schema].map(|schema| read(schema).options.text);
    assert_eq!(forms, [Text::ByLength, Text::C, Text::C]);
}

#[test]
fn events_are_listed_as_they_were_written() {
    let library = read(every_ffi_schema);
    let names: Vec<_> = library.events.iter().map(|event| (event.name.as_str(), event.rust_name.as_str())).collect();
    let same = |name| (name, name);
    let expected = [
        same("on_nothing"),
        same("on_number"),
        same("on_text"),
        same("on_blob"),
        ("level_changed", "on_level"),
        same("on_points"),
        same("on_maybe"),
        same("on_everything"),
        same("on_block"),
        same("on_page"),
        same("on_shelf"),
        same("on_scores"),
        same("on_several"),
        same("on_labelled"),
        ("events_dropped", "EventsDropped"),
        ("not_responding", "NotResponding"),
        ("responding", "Responding"),
    ];
    assert_eq!(names, expected);
    assert_eq!(library.events.iter().filter(|event| event.builtin).count(), 3);
    assert!(library.events[14..].iter().all(|event| event.builtin && !event.docs.is_empty()));

    let named = |name: &str| Some(Type::Named(name.to_owned()));
    let payload = |name: &str| library.events.iter().find(|event| event.name == name).expect("listed").payload.clone();
    assert_eq!(payload("on_nothing"), None);
    assert_eq!(payload("on_number"), Some(Type::I64));
    assert_eq!(payload("on_text"), Some(Type::String));
    assert_eq!(payload("on_blob"), Some(Type::Bytes));
    assert_eq!(payload("level_changed"), named("Level"));
    assert_eq!(payload("on_maybe"), Some(Type::Option(Box::new(Type::I64))));
    assert_eq!(payload("on_everything"), named("Everything"));
    assert_eq!(payload("on_scores"), Some(Type::Map(Box::new(Type::String), Box::new(Type::U32))));
    assert_eq!(payload("on_labelled"), named("Labelled"));
    assert_eq!(payload("events_dropped"), named("EventsDropped"));
    assert_eq!(payload("responding"), named("Responding"));
}

#[test]
fn several_parameters_of_an_event_are_one_record() {
    let library = read(every_ffi_schema);
    let event = library.events.iter().find(|event| event.name == "on_several").expect("listed");
    assert_eq!(event.payload, Some(Type::Named("OnSeveral".to_owned())));
    assert_eq!(event.docs, "Several values at once.\n\nThey travel as one record.");
    let def = library.types.iter().find(|def| def.name == "OnSeveral").expect("listed");
    assert_eq!((def.path.as_str(), &def.docs), ("every::events::on_several", &event.docs));
    let Shape::Record { fields } = &def.shape else { panic!("a record") };
    let fields: Vec<_> = fields.iter().map(|field| (&*field.name, &*field.rust_name, &*field.docs)).collect();
    assert_eq!(fields, [("whichOne", "which_one", "Which one."), ("text", "text", ""), ("class", "point", "")]);
    let dropped = library.types.iter().find(|def| def.name == "EventsDropped").expect("listed");
    let Shape::Record { fields } = &dropped.shape else { panic!("a record") };
    assert_eq!((&*fields[0].name, &fields[0].ty), ("count", &Type::U64));
}

#[test]
fn the_description_says_what_was_written() {
    let library = read(every_ffi_schema);
    assert_eq!((library.name.as_str(), library.format), ("every", FORMAT));
    assert!(library.docs.starts_with("A library with every type."));
    assert_eq!(library.functions[0].kind, FunctionKind::Constructor);
    assert_eq!(library.functions.last().map(|f| f.kind), Some(FunctionKind::Destructor));

    let function = |name: &str| library.functions.iter().find(|f| f.name == name).expect("listed");
    let many = function("every_many");
    let params: Vec<_> = many.params.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(params[..3], ["aByte", "bReal", "cText"]);
    assert_eq!(params[8..], ["type", "ctx", "cb", "userData"]);
    assert_eq!(many.returns, Some(Type::String));
    assert!(function("every_add").exclusive && !function("every_add").is_async);
    assert!(function("every_add_slowly").exclusive && function("every_add_slowly").is_async);
    assert_eq!(function("every_nothing_or_error").returns, None);
    assert_eq!(
        function("every_give_list_option").returns.clone().map(|ty| format!("{ty:?}")).as_deref(),
        Some("List(Option(Named(\"Point\")))")
    );
    assert_eq!(function("every_name").docs, "The name that the constructor was given.");

    let level = library.types.iter().find(|def| def.name == "Level").expect("listed");
    let Shape::Enumeration { variants } = &level.shape else { panic!("an enumeration") };
    let variants: Vec<_> = variants.iter().map(|v| (v.name.as_str(), v.value)).collect();
    assert_eq!(variants, [("Lowest", i32::MIN), ("Middle", 0), ("Next", 1), ("top", i32::MAX)]);
    assert_eq!((level.size, level.align), (4, 4));
    let Shape::Enumeration { variants } = &level.shape else { panic!("an enumeration") };
    assert_eq!(variants[3].rust_name, "Highest");
    let keywords = library.types.iter().find(|def| def.name == "Keywords").expect("listed");
    let Shape::Record { fields } = &keywords.shape else { panic!("a record") };
    let names: Vec<_> = fields.iter().map(|field| (field.name.as_str(), field.rust_name.as_str())).collect();
    assert_eq!((names[0], names[7]), (("type", "type"), ("otherName", "other_name")));
    assert_eq!((many.rust_name.as_str(), many.params[11].rust_name.as_str()), ("every_many", "user_data"));

    let block = library.types.iter().find(|def| def.name == "Block").expect("listed");
    let Shape::DataEnum { variants } = &block.shape else { panic!("an enum with data") };
    let variants: Vec<_> = variants.iter().map(|it| (&*it.name, &*it.rust_name, it.payload, it.fields.len())).collect();
    assert_eq!(
        variants[..3],
        [
            ("Rule", "Rule", Payload::Unit, 0),
            ("Paragraph", "Paragraph", Payload::Value, 1),
            ("Measure", "Measure", Payload::Tuple, 2)
        ]
    );
    assert_eq!(
        (variants[3], variants[6]),
        (("Heading", "Heading", Payload::Fields, 3), ("image", "Picture", Payload::Value, 1))
    );
    let Shape::DataEnum { variants } = &block.shape else { panic!("an enum with data") };
    assert_eq!(
        (&*variants[3].docs, &*variants[3].fields[0].docs),
        ("A heading, and what stands below it.", "How deep it is.")
    );
    let fields: Vec<_> = variants[3].fields.iter().map(|it| (&*it.name, &*it.rust_name)).collect();
    assert_eq!(fields, [("levelOf", "level_of"), ("inBold", "in_bold"), ("children", "children")]);
    assert_eq!(variants[2].fields.iter().map(|it| &*it.name).collect::<Vec<_>>(), ["_0", "_1"]);

    let money = library.types.iter().find(|def| def.name == "Money").expect("another crate's types are listed");
    assert_eq!(money.path, "ffi_tests_types::Money");
    let empty = library.types.iter().find(|def| def.name == "Empty").expect("listed");
    assert_eq!((empty.size, empty.align), (1, 1));
}

#[test]
fn limits_are_as_given_and_else_the_usual() {
    let limits = |Options { queue_limit, request_limit, memory_limit, grace_ms, .. }| {
        [queue_limit, request_limit, memory_limit, grace_ms]
    };
    assert_eq!(limits(read(every_ffi_schema).options), [20_000, 4_194_304, 8_388_608, 1_500]);
    assert_eq!(limits(read(echo_schema).options), [65_536, 67_108_864, 268_435_456, 5_000]);
}

#[test]
fn every_type_is_listed_once() {
    let library = read(every_ffi_schema);
    let names: BTreeSet<_> = library.types.iter().map(|def| &def.name).collect();
    assert_eq!(names.len(), library.types.len());
    for name in ["Everything", "Tree", "Link", "Config", "Grenade", "Currency"] {
        assert!(names.contains(&name.to_owned()), "{name}");
    }
}

#[test]
fn fingerprints_are_there_and_differ() {
    let library = read(every_ffi_schema);
    // SAFETY: any time is fine.
    assert_eq!(library.abi_hash, unsafe { every_ffi_abi_hash() });
    let natives: BTreeSet<_> = library.functions.iter().map(|f| f.fingerprint.native).collect();
    assert_eq!(natives.len(), library.functions.len());
    assert!(!natives.contains(&0));
    let events: BTreeSet<_> = library.events.iter().map(|event| event.fingerprint.native).collect();
    assert_eq!(events.len(), library.events.len());
    assert!(!events.contains(&0) && natives.is_disjoint(&events));
    assert!(library.types.iter().all(|def| def.fingerprint.native != 0 && def.fingerprint.wire != 0));
}

#[test]
fn a_schema_that_is_none_is_told() {
    assert!(Library::from_cbor(b"junk").is_err());
    let mut newer = read(echo_schema);
    newer.format = 99;
    let error = Library::from_cbor(&newer.to_cbor()).expect_err("too new");
    assert!(error.to_string().contains("format 99"), "{error}");
}
