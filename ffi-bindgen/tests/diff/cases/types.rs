//! Enumerations, whole types, events, and the machine.

use super::{Add, Seen, fields, the, ty, variant, variants};
use crate::support::{event, list, named, record};
use ffi_runtime::schema::{Text, Type};

pub(super) fn add(case: Add<'_>) {
    use Seen::{Changed, Hidden, Same};
    // Enumerations.
    case(
        "sent_variant_added",
        |it| variants(it, "Mood").push(variant("Odd", 2)),
        &["-+ type Mood, variant `Odd`: added 2 (an old header's check tells it)"],
        "type Mood",
        Hidden,
    );
    case(
        "sent_variant_removed",
        |it| drop(variants(it, "Mood").pop()),
        &["-- type Mood, variant `Wild`: removed 1 (requests with it are refused)"],
        "type Mood",
        Hidden,
    );
    case(
        "told_variant_added",
        |it| variants(it, "Level").push(variant("Odd", 2)),
        &["-- type Level, variant `Odd`: added 2 (answers may have it, which an old caller does not know)"],
        "type Level",
        Hidden,
    );
    case(
        "told_variant_removed",
        |it| drop(variants(it, "Level").pop()),
        &["-+ type Level, variant `High`: removed 10 (it is told no more)"],
        "type Level",
        Hidden,
    );
    case(
        "variant_value",
        |it| variants(it, "Mood")[1].value = 7,
        &["-+ type Mood, variant `Wild`: 1 -> 7 (names and not values cross the wire)"],
        "type Mood",
        Hidden,
    );
    case(
        "variant_renamed",
        |it| variants(it, "Mood")[1].name = "Angry".to_owned(),
        &[
            "-- type Mood, variant `Wild`: removed 1 (requests with it are refused)",
            "-+ type Mood, variant `Angry`: added 1 (an old header's check tells it)",
        ],
        "type Mood",
        Hidden,
    );
    // Types and events.
    case(
        "type_renamed",
        |it| {
            ty(it, "Both").name = "Place".to_owned();
            let moves = the(it, "lib_move");
            (moves.params[0].ty, moves.returns) = (named("Place"), Some(named("Place")));
        },
        &[
            "-+ function lib_move, parameter `by`: Both -> Place",
            "-+ function lib_move, result: Both -> Place",
            "-+ type Both: removed struct { x: f64, y: Option<f64> } (told where it was used)",
            "++ type Place: added struct { x: f64, y: Option<f64> }",
        ],
        "missing type Both",
        Hidden,
    );
    case(
        "type_of_another_shape",
        |it| ty(it, "Mood").shape = record("Any", &[("strength", Type::U8)]).shape,
        &["-- type Mood: enum { Calm = 0, Wild = 1 } -> struct { strength: u8 }"],
        "type Mood",
        Changed,
    );
    case(
        "event_added",
        |it| it.events.push(event("on_more", Some(Type::Bytes))),
        &["++ event on_more: added Vec<u8> (listeners of all events hear it)"],
        "compatible",
        Same,
    );
    case(
        "event_removed",
        |it| it.events.retain(|it| it.name != "on_tick"),
        &["-- event on_tick: removed nothing (no listener can be added for it)"],
        "missing event on_tick",
        Hidden,
    );
    case(
        "event_payload",
        |it| it.events[1].payload = Some(Type::U8),
        &["-- event on_tick, payload: nothing -> u8"],
        "event on_tick",
        Hidden,
    );
    case(
        "event_payloads_field",
        |it| fields(it, "Told")[1].ty = list(Type::U8),
        &["-+ type Told, field `many`: Vec<u16> -> Vec<NonZero<u8>>"],
        "type Told",
        Hidden,
    );
    case(
        "event_payloads_field_wider",
        |it| fields(it, "Told")[1].ty = list(Type::U32),
        &["-- type Told, field `many`: Vec<u16> -> Vec<u32>"],
        "type Told",
        Hidden,
    );
    case(
        "answer_field_integer_for_a_real",
        |it| fields(it, "Both")[0].ty = Type::I32,
        &["-- type Both, field `x`: f64 -> i32"],
        "type Both",
        Changed,
    );
    // The machine.
    case(
        "target",
        |it| (it.target.pointer_bits, it.target.little_endian) = (32, false),
        &[
            "-- library lib, pointers: 64 bits -> 32 bits (layouts differ, and a size may not fit)",
            "-+ library lib, numbers: little-endian -> big-endian (memory differs)",
        ],
        "compatible",
        Hidden,
    );
    case(
        "text",
        |it| it.options.text = Text::C,
        &["-+ library lib, text: by its length -> NUL-terminated (the C form of text is another)"],
        "type Answer",
        Changed,
    );
}
