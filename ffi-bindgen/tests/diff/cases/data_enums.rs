//! Enums with data: `Draft` is sent, and `Edit` is told.

use super::{Add, Seen, data_variants, ty};
use crate::support::{data_enum, enumeration, option};
use ffi_runtime::schema::{DataVariant, Payload, Shape, Type};

/// A variant by itself.
fn variant(name: &str, payload: Payload, fields: &[(&str, Type)]) -> DataVariant {
    match data_enum("Any", &[(name, payload, fields)]).shape {
        Shape::DataEnum { mut variants } => variants.remove(0),
        Shape::Record { .. } | Shape::Enumeration { .. } => unreachable!("an enum with data"),
    }
}

/// The variants of `Draft` are `Empty`, `Text(String)`, `Pair(u8, u8)` and `Scaled { by: f32, unit: Option<char> }`; so
/// are those of `Edit`.
pub(super) const VARIANTS: [(&str, Payload); 4] =
    [("Empty", Payload::Unit), ("Text", Payload::Value), ("Pair", Payload::Tuple), ("Scaled", Payload::Fields)];

/// The fields of a variant.
pub(super) fn fields(payload: Payload) -> Vec<(&'static str, Type)> {
    match payload {
        Payload::Unit => Vec::new(),
        Payload::Value => vec![("_0", Type::String)],
        Payload::Tuple => vec![("_0", Type::U8), ("_1", Type::U8)],
        Payload::Fields => vec![("by", Type::F32), ("unit", option(Type::Char))],
    }
}

pub(super) fn add(case: Add<'_>) {
    use Seen::Hidden;
    case(
        "sent_data_variant_added",
        |it| data_variants(it, "Draft").push(variant("More", Payload::Value, &[("_0", Type::U8)])),
        &["-+ type Draft, variant `More`: added More(u8) (an old header's check tells it)"],
        "type Draft",
        Hidden,
    );
    case(
        "told_data_variant_added",
        |it| data_variants(it, "Edit").push(variant("More", Payload::Unit, &[])),
        &["-- type Edit, variant `More`: added More (answers may have it, which an old caller does not know)"],
        "type Edit",
        Hidden,
    );
    case(
        "sent_data_variant_removed",
        |it| drop(data_variants(it, "Draft").pop()),
        &[
            "-- type Draft, variant `Scaled`: removed Scaled { by: f32, unit: Option<char> } (requests with it are refused)",
        ],
        "type Draft",
        Hidden,
    );
    case(
        "told_data_variant_removed",
        |it| drop(data_variants(it, "Edit").pop()),
        &["-+ type Edit, variant `Scaled`: removed Scaled { by: f32, unit: Option<char> } (it is told no more)"],
        "type Edit",
        Hidden,
    );
    case(
        "unit_gets_a_payload",
        |it| data_variants(it, "Draft")[0] = variant("Empty", Payload::Value, &[("_0", Type::Bool)]),
        &["-- type Draft, variant `Empty`: Empty -> Empty(bool)"],
        "type Draft",
        Hidden,
    );
    case(
        "payload_is_lost",
        |it| data_variants(it, "Edit")[1] = variant("Text", Payload::Unit, &[]),
        &["-- type Edit, variant `Text`: Text(String) -> Text"],
        "type Edit",
        Hidden,
    );
    case(
        "sent_payload_wider",
        |it| data_variants(it, "Draft")[2].fields[1].ty = Type::U16,
        &["-+ type Draft, variant `Pair`: Pair(u8, u8) -> Pair(u8, u16)"],
        "type Draft",
        Hidden,
    );
    case(
        "told_payload_wider",
        |it| data_variants(it, "Edit")[2].fields[1].ty = Type::U16,
        &["-- type Edit, variant `Pair`: Pair(u8, u8) -> Pair(u8, u16)"],
        "type Edit",
        Hidden,
    );
    case(
        "tuple_longer",
        |it| {
            data_variants(it, "Draft")[2] =
                variant("Pair", Payload::Tuple, &[("_0", Type::U8), ("_1", Type::U8), ("_2", Type::U8)])
        },
        &["-- type Draft, variant `Pair`: Pair(u8, u8) -> Pair(u8, u8, u8)"],
        "type Draft",
        Hidden,
    );
    case(
        "sent_variants_field_added",
        |it| {
            data_variants(it, "Draft")[3] = variant(
                "Scaled",
                Payload::Fields,
                &[("by", Type::F32), ("unit", option(Type::Char)), ("more", option(Type::U8))],
            )
        },
        &[
            "-+ type Draft, variant `Scaled`: Scaled { by: f32, unit: Option<char> } -> Scaled { by: f32, unit: Option<char>, more: Option<u8> }",
        ],
        "type Draft",
        Hidden,
    );
    case(
        "told_variants_field_removed",
        |it| drop(data_variants(it, "Edit")[3].fields.remove(0)),
        &["-- type Edit, variant `Scaled`: Scaled { by: f32, unit: Option<char> } -> Scaled { unit: Option<char> }"],
        "type Edit",
        Hidden,
    );
    case(
        "data_variants_reordered",
        |it| data_variants(it, "Draft").swap(0, 1),
        &[
            "-+ type Draft, variants: reordered (Empty, Text, Pair, Scaled) -> (Text, Empty, Pair, Scaled) (names and not tags cross the wire)",
        ],
        "type Draft",
        Hidden,
    );
    case(
        "sent_enum_gets_data",
        |it| {
            ty(it, "Mood").shape = data_enum(
                "Any",
                &[
                    ("Calm", Payload::Unit, &[]),
                    ("Wild", Payload::Unit, &[]),
                    ("Odd", Payload::Value, &[("_0", Type::U8)]),
                ],
            )
            .shape
        },
        &["-+ type Mood: enum { Calm = 0, Wild = 1 } -> enum { Calm, Wild, Odd(u8) }"],
        "type Mood",
        Seen::Changed,
    );
    case(
        "told_enum_gets_data",
        |it| {
            ty(it, "Level").shape =
                data_enum("Any", &[("Low", Payload::Unit, &[]), ("High", Payload::Value, &[("_0", Type::U8)])]).shape
        },
        &["-- type Level: enum { Low = 0, High = 10 } -> enum { Low, High(u8) }"],
        "type Level",
        Hidden,
    );
    case(
        "enum_loses_data",
        |it| ty(it, "Edit").shape = enumeration("Any", &[("Empty", 0), ("Text", 1), ("Pair", 2), ("Scaled", 3)]).shape,
        &[
            "-- type Edit: enum { Empty, Text(String), Pair(u8, u8), Scaled { by: f32, unit: Option<char> } } -> enum { Empty = 0, Text = 1, Pair = 2, Scaled = 3 }",
        ],
        "type Edit",
        Hidden,
    );
}
