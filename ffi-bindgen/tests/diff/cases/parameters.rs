//! Parameters.

use super::{Add, Seen, param, the};
use crate::support::{boxed, named, option, record};
use ffi_runtime::schema::Type;

pub(super) fn add(case: Add<'_>) {
    use Seen::{Changed, Hidden};
    case(
        "parameter_added",
        |it| the(it, "lib_reset").params.push(param("hard", Type::Bool)),
        &["-- function lib_reset, parameter `hard`: added bool (its key would be missing)"],
        "function lib_reset",
        Changed,
    );
    case(
        "optional_parameter_added",
        |it| the(it, "lib_reset").params.push(param("hard", option(Type::Bool))),
        &["-+ function lib_reset, parameter `hard`: added Option<bool> (a missing key is none)"],
        "function lib_reset",
        Changed,
    );
    case(
        "boxed_optional_parameter_added",
        |it| the(it, "lib_reset").params.push(param("hard", boxed(option(Type::Bool)))),
        &["-+ function lib_reset, parameter `hard`: added Box<Option<bool>> (a missing key is none)"],
        "function lib_reset",
        Changed,
    );
    case(
        "parameter_removed",
        |it| drop(the(it, "lib_move").params.pop()),
        &["-+ function lib_move, parameter `times`: removed u8 (a key that is not known is ignored)"],
        "function lib_move",
        Changed,
    );
    case(
        "parameters_reordered",
        |it| the(it, "lib_move").params.reverse(),
        &["-+ function lib_move, parameters: reordered (by, times) -> (times, by) (keys have no order)"],
        "function lib_move",
        Changed,
    );
    case(
        "parameter_renamed",
        |it| the(it, "lib_blob").params[0].name = "body".to_owned(),
        &[
            "-+ function lib_blob, parameter `data`: removed Vec<u8> (a key that is not known is ignored)",
            "-- function lib_blob, parameter `body`: added Vec<u8> (its key would be missing)",
        ],
        "function lib_blob",
        Hidden,
    );
    case(
        "parameter_wider",
        |it| the(it, "lib_slow").params[0].ty = Type::U64,
        &["-+ function lib_slow, parameter `wait`: u32 -> u64"],
        "function lib_slow",
        Changed,
    );
    case(
        "parameter_narrower",
        |it| the(it, "lib_slow").params[0].ty = Type::U16,
        &["-- function lib_slow, parameter `wait`: u32 -> u16"],
        "function lib_slow",
        Changed,
    );
    case(
        "parameter_signed",
        |it| the(it, "lib_slow").params[0].ty = Type::I32,
        &["-- function lib_slow, parameter `wait`: u32 -> i32"],
        "function lib_slow",
        Changed,
    );
    case(
        "parameter_signed_and_wider",
        |it| the(it, "lib_slow").params[0].ty = Type::I64,
        &["-+ function lib_slow, parameter `wait`: u32 -> i64"],
        "function lib_slow",
        Changed,
    );
    case(
        "parameter_of_another_width_in_c",
        |it| the(it, "lib_name").params[0].ty = Type::U64,
        &["-+ function lib_name, parameter `id`: usize -> u64"],
        "function lib_name",
        Hidden,
    );
    case(
        "parameter_a_real",
        |it| the(it, "lib_slow").params[0].ty = Type::F64,
        &["-+ function lib_slow, parameter `wait`: u32 -> f64"],
        "function lib_slow",
        Changed,
    );
    case(
        "parameter_a_small_real",
        |it| the(it, "lib_slow").params[0].ty = Type::F32,
        &["-- function lib_slow, parameter `wait`: u32 -> f32"],
        "function lib_slow",
        Changed,
    );
    case(
        "parameter_optional",
        |it| the(it, "lib_slow").params[0].ty = option(Type::U32),
        &["-+ function lib_slow, parameter `wait`: u32 -> Option<u32>"],
        "function lib_slow",
        Changed,
    );
    case(
        "parameter_required",
        |it| the(it, "lib_ask").params[1].ty = Type::I64,
        &["-- function lib_ask, parameter `extra`: Option<i64> -> i64"],
        "function lib_ask",
        Changed,
    );
    case(
        "parameter_character_to_text",
        |it| the(it, "lib_maybe").params[0].ty = option(Type::String),
        &["-+ function lib_maybe, parameter `value`: Option<char> -> Option<String>"],
        "function lib_maybe",
        Changed,
    );
    case(
        "parameter_text_to_bytes",
        |it| the(it, "lib_parse").params[0].ty = Type::Bytes,
        &["-- function lib_parse, parameter `text`: String -> Vec<u8>"],
        "function lib_parse",
        Changed,
    );
    case(
        "parameter_boxed",
        |it| the(it, "lib_move").params[0].ty = boxed(named("Both")),
        &["-+ function lib_move, parameter `by`: Both -> Box<Both>"],
        "function lib_move",
        Changed,
    );
    case(
        "parameter_of_an_equal_type",
        |it| {
            it.types.push(record("Place", &[("x", Type::F64), ("y", option(Type::F64))]));
            the(it, "lib_move").params[0].ty = named("Place");
        },
        &[
            "-+ function lib_move, parameter `by`: Both -> Place",
            "++ type Place: added struct { x: f64, y: Option<f64> }",
        ],
        "function lib_move",
        Hidden,
    );
    case(
        "parameter_of_a_type_that_wants_more",
        |it| {
            it.types.push(record("Place", &[("x", Type::F64), ("y", Type::F64)]));
            the(it, "lib_move").params[0].ty = named("Place");
        },
        &["-- function lib_move, parameter `by`: Both -> Place", "++ type Place: added struct { x: f64, y: f64 }"],
        "function lib_move",
        Changed,
    );
}
