//! Fields of what is sent, of what is told, and of what is both.

use super::{Add, Seen, field, fields};
use crate::support::option;
use ffi_runtime::schema::Type;

pub(super) fn add(case: Add<'_>) {
    use Seen::{Changed, Hidden};
    case(
        "request_field_added",
        |it| fields(it, "Request").push(field("more", Type::I32)),
        &["-- type Request, field `more`: added i32 (requests lack its key)"],
        "type Request",
        Changed,
    );
    case(
        "optional_request_field_added",
        |it| fields(it, "Request").push(field("more", option(Type::I32))),
        &["-+ type Request, field `more`: added Option<i32> (a missing key is none, one that is not known is ignored)"],
        "type Request",
        Changed,
    );
    case(
        "request_field_removed",
        |it| drop(fields(it, "Request").remove(1)),
        &["-+ type Request, field `tag`: removed String (a key that is not known is ignored)"],
        "type Request",
        Changed,
    );
    case(
        "request_fields_reordered",
        |it| fields(it, "Request").swap(0, 1),
        &["-+ type Request, fields: reordered (count, tag, mood) -> (tag, count, mood) (keys have no order)"],
        "type Request",
        Changed,
    );
    case(
        "request_field_wider",
        |it| fields(it, "Request")[0].ty = Type::I64,
        &["-+ type Request, field `count`: i32 -> i64"],
        "type Request",
        Changed,
    );
    case(
        "request_field_an_enumeration_no_more",
        |it| fields(it, "Request")[2].ty = Type::String,
        &["-+ type Request, field `mood`: Mood -> String"],
        "type Request",
        Changed,
    );
    case(
        "answer_field_added",
        |it| fields(it, "Answer").push(field("more", Type::I32)),
        &["-+ type Answer, field `more`: added i32 (a missing key is none, one that is not known is ignored)"],
        "type Answer",
        Hidden,
    );
    case(
        "answer_field_removed",
        |it| drop(fields(it, "Answer").remove(0)),
        &["-- type Answer, field `total`: removed i64 (answers lack its key)"],
        "type Answer",
        Hidden,
    );
    case(
        "optional_answer_field_removed",
        |it| drop(fields(it, "Answer").remove(1)),
        &["-+ type Answer, field `note`: removed Option<String> (a key that is not known is ignored)"],
        "type Answer",
        Hidden,
    );
    case(
        "answer_field_narrower",
        |it| fields(it, "Answer")[0].ty = Type::I16,
        &["-+ type Answer, field `total`: i64 -> i16"],
        "type Answer",
        Hidden,
    );
    case(
        "answer_field_wider",
        |it| fields(it, "Answer")[0].ty = Type::U64,
        &["-- type Answer, field `total`: i64 -> u64"],
        "type Answer",
        Hidden,
    );
    case(
        "field_of_both_added",
        |it| fields(it, "Both").push(field("z", Type::F64)),
        &["-- type Both, field `z`: added f64 (requests lack its key)"],
        "type Both",
        Changed,
    );
    case(
        "optional_field_of_both_added",
        |it| fields(it, "Both").push(field("z", option(Type::F64))),
        &["-+ type Both, field `z`: added Option<f64> (a missing key is none, one that is not known is ignored)"],
        "type Both",
        Changed,
    );
    case(
        "field_of_both_removed",
        |it| drop(fields(it, "Both").remove(0)),
        &["-- type Both, field `x`: removed f64 (answers lack its key)"],
        "type Both",
        Changed,
    );
    case(
        "field_of_both_optional",
        |it| fields(it, "Both")[0].ty = option(Type::F64),
        &["-- type Both, field `x`: f64 -> Option<f64>"],
        "type Both",
        Changed,
    );
    case(
        "field_renamed",
        |it| fields(it, "Config")[0].name = "title".to_owned(),
        &[
            "-+ type Config, field `name`: removed String (a key that is not known is ignored)",
            "-- type Config, field `title`: added String (requests lack its key)",
        ],
        "type Config",
        Hidden,
    );
    case(
        "field_of_a_type_that_contains_itself",
        |it| fields(it, "Node")[0].ty = Type::I64,
        &["-- type Node, field `value`: i32 -> i64"],
        "type Node",
        Changed,
    );
}
