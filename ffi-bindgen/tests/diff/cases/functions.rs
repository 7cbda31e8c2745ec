//! Functions: their being there, their results, and how they behave.

use super::{Add, Seen, fields, the};
use crate::support::{method, named, option};
use ffi_runtime::schema::{FunctionKind, Type};

pub(super) fn add(case: Add<'_>) {
    use Seen::{Changed, Hidden, Same};
    // Functions.
    case(
        "function_added",
        |it| it.functions.push(method("lib_more", &[("a", Type::U8)], None)),
        &["++ function lib_more: added method (a: u8)"],
        "compatible",
        Same,
    );
    case(
        "function_removed",
        |it| it.functions.retain(|it| it.name != "lib_reset"),
        &["-- function lib_reset: removed method ()"],
        "missing function lib_reset",
        Changed,
    );
    case(
        "error_added",
        |it| the(it, "lib_reset").error = Some(named("failure_Trouble")),
        &["-- function lib_reset, error: a text -> Trouble (an old caller does not know RET_FAILURE)"],
        "function lib_reset",
        Hidden,
    );
    case(
        "error_removed",
        |it| the(it, "lib_try").error = None,
        &["-+ function lib_try, error: Trouble -> a text (the text alone is told)"],
        "function lib_try",
        Hidden,
    );
    case(
        "error_changed",
        |it| the(it, "lib_try").error = Some(named("failure_Told")),
        &["-- function lib_try, error: Trouble -> Told"],
        "function lib_try",
        Hidden,
    );
    case(
        "function_renamed",
        |it| the(it, "lib_reset").name = "lib_clear".to_owned(),
        &["-- function lib_reset: removed method ()", "++ function lib_clear: added method ()"],
        "missing function lib_reset",
        Changed,
    );
    case(
        "export_removed",
        |it| it.functions.retain(|it| it.name != "lib_add"),
        &["-+ function lib_add: removed export (a: i32, b: i32) -> i32"],
        "missing function lib_add",
        Changed,
    );
    case(
        "export_parameter",
        |it| the(it, "lib_add").params[1].ty = Type::I64,
        &["-+ function lib_add, parameter `b`: i32 -> i64"],
        "function lib_add",
        Changed,
    );
    case(
        "export_result",
        |it| the(it, "lib_add").returns = Some(Type::I64),
        &["-+ function lib_add, result: i32 -> i64"],
        "function lib_add",
        Changed,
    );
    case(
        "method_to_stateless",
        |it| the(it, "lib_name").kind = FunctionKind::Stateless,
        &["-- function lib_name: method -> function without a state (both symbols take other parameters)"],
        "function lib_name",
        Changed,
    );
    case(
        "stateless_to_method",
        |it| the(it, "lib_parse").kind = FunctionKind::Method,
        &["-- function lib_parse: function without a state -> method (both symbols take other parameters)"],
        "function lib_parse",
        Changed,
    );
    // Results.
    case(
        "result_other",
        |it| the(it, "lib_name").returns = Some(Type::Bytes),
        &["-- function lib_name, result: String -> Vec<u8>"],
        "function lib_name",
        Hidden,
    );
    case(
        "result_wider",
        |it| the(it, "lib_maybe").returns = Some(option(Type::F64)),
        &["-- function lib_maybe, result: Option<f32> -> Option<f64>"],
        "function lib_maybe",
        Hidden,
    );
    case(
        "result_narrower",
        |it| the(it, "lib_parse").returns = Some(Type::U32),
        &["-+ function lib_parse, result: u64 -> u32"],
        "function lib_parse",
        Hidden,
    );
    case(
        "result_optional",
        |it| the(it, "lib_parse").returns = Some(option(Type::U64)),
        &["-- function lib_parse, result: u64 -> Option<u64>"],
        "function lib_parse",
        Hidden,
    );
    case(
        "result_no_longer_optional",
        |it| the(it, "lib_maybe").returns = Some(Type::F32),
        &["-+ function lib_maybe, result: Option<f32> -> f32"],
        "function lib_maybe",
        Hidden,
    );
    case(
        "result_added",
        |it| the(it, "lib_reset").returns = Some(Type::I32),
        &["-- function lib_reset, result: nothing -> i32"],
        "function lib_reset",
        Hidden,
    );
    case(
        "result_removed",
        |it| the(it, "lib_blob").returns = None,
        &["-- function lib_blob, result: Vec<u8> -> nothing"],
        "function lib_blob",
        Hidden,
    );
    case(
        "optional_result_removed",
        |it| the(it, "lib_maybe").returns = None,
        &["-+ function lib_maybe, result: Option<f32> -> nothing"],
        "function lib_maybe",
        Hidden,
    );
    // What behaves otherwise, and takes and gives the same.
    case(
        "behaviour",
        |it| {
            the(it, "lib_reset").is_async = true;
            the(it, "lib_name").exclusive = true;
            the(it, "lib_blob").inline = true;
            (the(it, "lib_slow").deadline_ms, the(it, "lib_slow").droppable) = (None, true);
        },
        &[
            "++ function lib_name, state: &State -> &mut State (behaviour alone: calls wait for each other, or no more)",
            "++ function lib_blob, runs on: the context's thread -> the calling thread (behaviour alone: in order with other calls, or not)",
            "++ function lib_reset, handler: fn -> async fn (behaviour alone)",
            "++ function lib_slow, deadline: 1000 ms -> none (behaviour alone)",
            "++ function lib_slow, when cancelled: runs on -> dropped (behaviour alone)",
        ],
        "compatible",
        Same,
    );
    case(
        "documentation",
        |it| {
            the(it, "lib_name").docs = "Otherwise.".to_owned();
            fields(it, "Both")[0].docs = "Otherwise.".to_owned();
            it.version = "0.2.0".to_owned();
        },
        &["++ library lib, version: 0.1.0 -> 0.2.0"],
        "compatible",
        Same,
    );
    case(
        "options",
        |it| (it.options.queue_limit, it.options.grace_ms) = (8, 1),
        &[
            "++ library lib, queue_limit: 65536 -> 8 (calls that find it full are refused)",
            "++ library lib, grace_ms: 5000 -> 1 (what is pending then is cancelled)",
        ],
        "compatible",
        Same,
    );
}
