//! A library of enums with data that are hard to write.

use super::{
    boxed, data_enum, enumeration, event, failing, failure, function, library, list, method, named, option, record,
    with_events,
};
use ffi_runtime::schema::Payload::{Fields, Tuple, Unit, Value};
use ffi_runtime::schema::{FunctionKind, Library, Type, TypeDef};

/// Every payload, recursion, and names that mean something, as parameters, results, events and errors.
pub(crate) fn hard_data_enums() -> Library {
    let types = types();
    let of = |ty: &Type, at: usize| method(&format!("v_give_{at}"), &[("value", ty.clone())], Some(ty.clone()));
    let enums = types.iter().map(|def| named(&def.name)).filter(|ty| *ty != named("failure_Words"));
    let nested = [option(named("Words")), list(named("Words")), boxed(named("Words")), option(named("Holder"))];
    let given: Vec<_> = enums.chain(nested).collect();
    let mut functions: Vec<_> = given.iter().zip(0..).map(|(ty, at)| of(ty, at)).collect();
    functions.push(failing("Words", method("v_fail", &[("value", named("Words"))], None)));
    let stateless = function(FunctionKind::Stateless, "v_alone", &[("value", named("Words"))], Some(named("Words")));
    functions.push(failing("Words", stateless));
    functions.insert(0, function(FunctionKind::Constructor, "v_create", &[("value", named("Words"))], None));
    functions.push(function(FunctionKind::Destructor, "v_destroy", &[], None));
    let mut library = with_events(
        library("v", types, functions),
        vec![event("on_words", Some(named("Words"))), event("Words", Some(named("Holder")))],
    );
    library.docs = "Variants of every form.".to_owned();
    library
}

fn types() -> Vec<TypeDef> {
    vec![
        // The first holds its own enum: nothing is made from it alone.
        data_enum(
            "Endless",
            &[
                ("Again", Value, &[("_0", boxed(named("Endless")))]),
                ("Both", Tuple, &[("_0", boxed(named("Endless"))), ("_1", boxed(named("Other")))]),
                ("Other", Value, &[("_0", boxed(named("Other")))]),
                ("End", Value, &[("_0", Type::U8)]),
            ],
        ),
        data_enum(
            "Other",
            &[("Back", Fields, &[("to", boxed(named("Endless")))]), ("List", Value, &[("_0", list(named("Other")))])],
        ),
        data_enum(
            "Brackets",
            &[
                ("Nothing", Unit, &[]),
                ("One", Fields, &[("One", Type::U8)]),
                ("Maybe", Fields, &[("a", option(Type::U8)), ("b", option(named("Brackets_One")))]),
                ("MaybeValue", Value, &[("_0", option(Type::String))]),
            ],
        ),
        // Called like what the bindings make of the enum before.
        record("Brackets_One", &[("a", Type::U8)]),
        record("Brackets_One_fields", &[("Brackets_One", Type::U8)]),
        enumeration("BracketsOne", &[("A", 0), ("B", 1)]),
        record("Words_tag", &[]),
        record("of_Words", &[]),
        data_enum(
            "Words",
            &[
                ("Words", Value, &[("_0", Type::F64)]),
                ("value", Fields, &[("value", Type::U8), ("visit", Type::U8), ("tag", Type::U8)]),
                ("visit", Tuple, &[("_0", Type::F32), ("_1", Type::Bytes)]),
                ("is", Value, &[("_0", Type::Char)]),
                ("get_if", Unit, &[]),
                ("class", Fields, &[("class", Type::Bool), ("int", Type::Bool), ("std", Type::Bool)]),
                ("int", Value, &[("_0", Type::I64)]),
                ("std", Unit, &[]),
                ("Variant", Fields, &[("Variant", Type::U8), ("held", Type::U8), ("out", Type::U8)]),
                ("Visitor", Value, &[("_0", Type::U16)]),
                ("variant", Value, &[("_0", Type::U16)]),
                ("variant_", Value, &[("_0", Type::U16)]),
                ("of_Words", Unit, &[]),
                ("of_Words_", Unit, &[]),
                ("ffi", Unit, &[]),
                ("NULL", Unit, &[]),
                ("type", Value, &[("_0", named("Words_tag"))]),
                ("c", Value, &[("_0", named("of_Words"))]),
                ("errno", Value, &[("_0", option(named("Holder")))]),
                ("é", Unit, &[]),
            ],
        ),
        record(
            "Holder",
            &[("list", list(named("Words"))), ("map", named("Brackets")), ("end", option(named("Endless")))],
        ),
        failure("Words"),
    ]
}
