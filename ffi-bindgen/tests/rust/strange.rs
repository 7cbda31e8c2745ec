//! A library with everything that is hard to write in Rust.

use crate::support::{
    array, boxed, data_enum, enumeration, event, failing, failure, function, library, list, map, method, named, option,
    record, set, with_events,
};
use ffi_runtime::schema::{FunctionKind, Library, Payload, Shape, Type, TypeDef};

/// An enum whose variants and fields are called as what the bindings are made of, and whose lines are too long.
fn strange_enum(long: &str) -> TypeDef {
    let same = &[("_0", Type::String)];
    let many = ["_0", "_1", "_2", "_3", "_4", "_5", "_6", "_7", "_8"]
        .map(|name| (name, list(named("TheOtherTypeOfTheLibrary"))));
    let made = [
        ("arena", Type::U8),
        ("mirror", named("Mirror")),
        ("value", boxed(named("Choice"))),
        ("form", option(boxed(named("Choice")))),
        ("variant", Type::Char),
        ("reader", list(named("Choice"))),
        ("writer", Type::Bool),
        ("nothing", Type::Usize),
        ("tag", named("i32")),
        ("_0", Type::F32),
        (long, list(option(boxed(named("TheOtherTypeOfTheLibrary"))))),
    ];
    let mut def = data_enum(
        "Choice",
        &[
            ("nothing", Payload::Unit, &[]),
            ("Self", Payload::Unit, &[]),
            ("Mirror", Payload::Value, same),
            ("Form", Payload::Value, same),
            ("Fields", Payload::Value, &[("_0", named("Mirror"))]),
            ("Union", Payload::Tuple, &[("_0", Type::U8), ("_1", Type::F64)]),
            ("Box", Payload::Tuple, &many),
            ("Option", Payload::Tuple, &[("_0", boxed(named("Choice")))]),
            ("Vec", Payload::Fields, &made),
            ("größe", Payload::Fields, &[("größe", Type::I8)]),
            (long, Payload::Value, &[("_0", list(named("TheOtherTypeOfTheLibrary")))]),
            ("Long", Payload::Value, &[("_0", long_map())]),
        ],
    );
    let Shape::DataEnum { variants } = &mut def.shape else { unreachable!("it was made so") };
    variants[5].fields[1].docs = "How much.\n*/ of it".to_owned();
    variants[8].docs = "Made of `all`.".to_owned();
    def
}

/// A type of other keys than Rust's own maps have, in a type that no line can take.
fn long_map() -> Type {
    let pair = Type::Tuple(vec![named("TheOtherTypeOfTheLibrary"), array(named("TheOtherTypeOfTheLibrary"), 64)]);
    map(Type::SocketAddr, map(Type::String, map(Type::U128, list(option(boxed(pair))))))
}

/// A record of all that is not plain, called as what the bindings are made of.
fn strange_record(long: &str) -> TypeDef {
    let pairs = map(Type::Path, set(Type::Tuple(vec![Type::Duration])));
    record(
        "Entries",
        &[
            ("key", map(named("i32"), Type::Time)),
            ("value", pairs),
            ("items", array(array(Type::Bool, 2), 3)),
            ("Shape", Type::Tuple(vec![Type::I128; 12])),
            ("secs", option(Type::Tuple(vec![named("Boxed")]))),
            (long, long_map()),
            ("of_some_length", Type::Tuple(vec![map(Type::Duration, named("TheOtherTypeOfTheLibrary")); 2])),
            ("and_of_a_bit_more", Type::Tuple(vec![map(Type::Time, named("TheOtherTypeOfTheLibrary")); 2])),
            ("of_yet_more", array(Type::Tuple(vec![set(Type::String), set(Type::IpAddr), set(Type::SocketAddr)]), 9)),
        ],
    )
}

/// A library with everything that is hard to write: documentation that means something to Rust, names of every
/// length and kind, types that hold each other.
pub(crate) fn strange() -> Library {
    let long = "a_name_that_is_so_long_that_no_line_can_take_it_together_with_a_type_of_the_same_length_beside_it";
    let mut documented =
        record("Documented", &[("class", Type::Bool), (long, list(named("TheOtherTypeOfTheLibrary")))]);
    documented.docs =
        "/ not a slash\r\n!\n*/ /* \u{202e}\n```\nlet x = does_not_compile;\n```\n[`nowhere`] <b>".to_owned();
    let types = vec![
        documented,
        record("TheOtherTypeOfTheLibrary", &[("größe", Type::F32), ("next", option(boxed(named("Documented"))))]),
        record("Fault", &[("Mirror", named("Mirror")), ("arena", named("String"))]),
        record("Mirror", &[("writer", boxed(boxed(Type::String)))]),
        record("String", &[]),
        record("Boxed", &[]),
        record("Duration", &[("std", Type::Duration)]),
        record("BTreeMap", &[("BTreeMap", map(Type::Char, named("Duration")))]),
        strange_record(long),
        enumeration("i32", &[("Self", i32::MIN), ("None", i32::MAX)]),
        strange_enum(long),
        data_enum("Single", &[("Only", Payload::Fields, &[("it", Type::U8)])]),
        failure("Single"),
    ];
    let many: Vec<(std::string::String, Type)> =
        (0..9).map(|it| (format!("parameter_{it}"), option(boxed(Type::U8)))).collect();
    let many: Vec<(&str, Type)> = many.iter().map(|(name, ty)| (name.as_str(), ty.clone())).collect();
    let functions = vec![
        function(FunctionKind::Constructor, "strange_create", &[("api", named("Fault")), ("arena", Type::Bytes)], None),
        method("strange_many", &many, Some(option(boxed(named("Boxed"))))),
        method("strange_session", &[("session", Type::String), ("handle", Type::Char), (long, named("i32"))], None),
        method("strange_type", &[("writer", list(option(named("i32"))))], Some(list(Type::Bytes))),
        function(FunctionKind::Stateless, "strange_open", &[("self", boxed(list(Type::F64)))], Some(Type::Isize)),
        function(FunctionKind::Export, "strange_next", &[("before", named("i32"))], Some(named("i32"))),
        method(
            "strange_choose",
            &[("choice", named("Choice")), ("arena", option(named("Single")))],
            Some(named("Choice")),
        ),
        method(
            "strange_collect",
            &[("entries", named("Entries")), (long, long_map()), ("own", map(Type::Bool, set(Type::IpAddr)))],
            Some(long_map()),
        ),
        method(
            "strange_measure",
            &[("Duration", Type::Duration), ("path", option(Type::Path)), ("std", Type::Tuple(vec![named("Choice")]))],
            Some(option(array(Type::Time, 3))),
        ),
        failing("Single", method("strange_fail", &[("by_address", boxed(named("Choice")))], None)),
        function(FunctionKind::Export, "strange_ignore", &[("mirror", Type::F64)], None),
        function(FunctionKind::Destructor, "strange_destroy", &[], None),
    ];
    let fired = vec![
        event("on_", None),
        event(long, Some(list(named("Documented")))),
        event("changed", Some(Type::Bool)),
        event("mapped", Some(long_map())),
    ];
    with_events(library("strange", types, functions), fired)
}
