//! A library of collections, tuples, arrays and times that are hard to write in C++.

use crate::support::{
    array, boxed, data_enum, enumeration, event, failing, failure, function, library, list, map, method, named, option,
    record, set, with_events,
};
use ffi_runtime::schema::Payload::{Fields, Tuple, Unit, Value};
use ffi_runtime::schema::{FunctionKind, Library, Type, TypeDef};

/// Every kind in every other, recursion through each, and fields and types that are called like what stands beside them.
pub(crate) fn hard_collections() -> Library {
    let mut functions: Vec<_> = given()
        .into_iter()
        .map(|(name, ty)| method(&format!("k_give_{name}"), &[("value", ty.clone())], Some(ty)))
        .collect();
    functions.push(failing("Piece", method("k_fail", &[("map", named("Tree"))], Some(Type::Time))));
    functions.push(function(FunctionKind::Stateless, "k_alone", &[("at", Type::Time)], Some(Type::Path)));
    functions.insert(0, function(FunctionKind::Constructor, "k_create", &[("value", named("Times"))], None));
    functions.push(function(FunctionKind::Destructor, "k_destroy", &[], None));
    let events = given().into_iter().map(|(name, ty)| event(&format!("on_{name}"), Some(ty)));
    with_events(library("k", types(), functions), events.collect())
}

fn tuple(items: &[Type]) -> Type {
    Type::Tuple(items.to_vec())
}

/// What `k_give_…` takes and gives back.
fn given() -> Vec<(&'static str, Type)> {
    let one = Type::U8;
    vec![
        ("tree", named("Tree")),
        ("one", named("one")),
        ("other", named("other")),
        ("piece", named("Piece")),
        ("times", named("Times")),
        ("keys", named("Keys")),
        ("twelve", tuple(&vec![one.clone(); 12])),
        ("single", tuple(&[boxed(named("Tree"))])),
        ("grid", array(array(Type::Bool, 2), 3)),
        ("long", array(Type::F64, 1000)),
        ("blob", array(Type::U8, 5)),
        ("texts", array(Type::String, 2)),
        ("pieces", array(named("Piece"), 2)),
        ("by_piece", map(named("Piece"), set(named("Piece")))),
        ("by_level", map(named("Level"), map(Type::Char, option(Type::U128)))),
        ("flags", set(Type::Bool)),
        ("letters", set(Type::Char)),
        ("levels", set(named("Level"))),
        ("bytes", set(Type::U8)),
        ("spans", set(Type::Duration)),
        ("paths", map(Type::Path, Type::IpAddr)),
        ("path", Type::Path),
        ("duration", Type::Duration),
        ("time", option(Type::Time)),
        ("signed", Type::I128),
        ("unsigned", list(Type::U128)),
    ]
}

fn types() -> Vec<TypeDef> {
    let own = || named("Tree");
    let other = || named("other");
    let piece = || named("Piece");
    vec![
        enumeration("Level", &[("Low", -5), ("High", 5)]),
        failure("Piece"),
        record(
            "Tree",
            &[
                ("by_name", map(Type::String, own())),
                ("by_pair", map(tuple(&[Type::U8, Type::U8]), own())),
                ("both", option(boxed(tuple(&[own(), Type::U8])))),
                ("two", option(boxed(array(own(), 2)))),
                ("maybe", option(boxed(option(own())))),
                ("rows", list(tuple(&[Type::U8, own()]))),
                ("each", set(own())),
            ],
        ),
        // These hold each other: neither is whole where the first of them stands.
        record(
            "one",
            &[
                ("one", map(Type::I32, other())),
                ("other", map(Type::F64, other())),
                ("rows", list(tuple(&[other(), Type::U8]))),
                ("maybe", option(list(tuple(&[other()])))),
                ("nested", map(Type::I32, map(Type::Bool, other()))),
                ("pair", option(boxed(tuple(&[other(), option(other())])))),
                ("three", option(boxed(array(other(), 3)))),
            ],
        ),
        record("other", &[("list", list(named("one"))), ("set", set(named("one")))]),
        data_enum(
            "Piece",
            &[
                ("Split", Value, &[("_0", boxed(array(piece(), 2)))]),
                ("Gap", Unit, &[]),
                ("Index", Tuple, &[("_0", map(Type::String, piece())), ("_1", map(tuple(&[Type::U8]), piece()))]),
                (
                    "Parts",
                    Fields,
                    &[
                        ("one", option(boxed(tuple(&[piece()])))),
                        ("other", list(tuple(&[piece(), Type::U8]))),
                        ("keys", set(piece())),
                        ("nested", map(Type::I8, list(map(piece(), option(boxed(piece())))))),
                    ],
                ),
                ("Pair", Value, &[("_0", tuple(&[Type::I32, Type::String]))]),
                ("Map", Value, &[("_0", map(Type::I64, Type::I64))]),
                ("At", Fields, &[("at", Type::Time), ("lasts", Type::Duration)]),
            ],
        ),
        record(
            "Times",
            &[
                ("span", Type::Duration),
                ("spans", list(Type::Duration)),
                ("maybe", option(Type::Duration)),
                ("named", map(Type::String, Type::Duration)),
                ("pair", tuple(&[Type::Time, Type::Duration])),
                ("fixed", array(Type::Duration, 2)),
                ("boxed", boxed(Type::Duration)),
                ("at", Type::Time),
                ("place", Type::Path),
                ("places", list(Type::Path)),
                ("machine", Type::IpAddr),
                ("peer", option(Type::SocketAddr)),
                ("signed", Type::I128),
                ("unsigned", option(Type::U128)),
            ],
        ),
        record(
            "Keys",
            &[
                ("i8", map(Type::I8, Type::U8)),
                ("i64", map(Type::I64, Type::U8)),
                ("size", map(Type::Usize, Type::U8)),
                ("letter", map(Type::Char, Type::U8)),
                ("text", map(Type::String, Type::U8)),
                ("level", map(named("Level"), Type::U8)),
                ("bytes", map(Type::Bytes, Type::U8)),
                ("wide", map(Type::I128, Type::U8)),
                ("time", map(Type::Time, Type::U8)),
                ("address", map(Type::IpAddr, Type::U8)),
                ("list", map(list(Type::U8), Type::U8)),
                ("option", map(option(Type::U8), Type::U8)),
                ("array", map(array(Type::U8, 2), Type::U8)),
                ("map", map(map(Type::U8, Type::U8), Type::U8)),
            ],
        ),
    ]
}
