//! What changed between two versions, and whether an old caller is still safe: each change with both
//! verdicts, beside what the old header's check and abidiff say of the same pair.

mod support;

use ffi_bindgen::{Change, Verdict, diff};
use ffi_runtime::schema::{Field, Function, FunctionKind, Library, Param, Shape, Type, TypeDef, Variant};
use std::path::{Path, PathBuf};
use std::process::Command;
use support::compiler::{self, C99, build, compile, expect_success, run};
use support::{
    boxed, enumeration, event, function, library, list, method, named, option, record, stand_in, with_events,
};

/// The version before.
fn base() -> Library {
    let types = vec![
        record("Config", &[("name", Type::String), ("retries", Type::U32)]),
        record("Request", &[("count", Type::I32), ("tag", Type::String), ("mood", named("Mood"))]),
        record("Answer", &[("total", Type::I64), ("note", option(Type::String)), ("level", named("Level"))]),
        record("Both", &[("x", Type::F64), ("y", option(Type::F64))]),
        record("Node", &[("value", Type::I32), ("next", option(boxed(named("Node"))))]),
        record("Told", &[("what", Type::String), ("many", list(Type::U16))]),
        enumeration("Mood", &[("Calm", 0), ("Wild", 1)]),
        enumeration("Level", &[("Low", 0), ("High", 10)]),
    ];
    let mut slow = method("lib_slow", &[("wait", Type::U32)], Some(Type::Bool));
    slow.deadline_ms = Some(1_000);
    let functions = vec![
        function(FunctionKind::Constructor, "lib_create", &[("config", named("Config"))], None),
        method("lib_ask", &[("req", named("Request")), ("extra", option(Type::I64))], Some(named("Answer"))),
        method("lib_move", &[("by", named("Both")), ("times", Type::U8)], Some(named("Both"))),
        method("lib_walk", &[("from", named("Node"))], Some(list(named("Node")))),
        method("lib_name", &[("id", Type::Usize)], Some(Type::String)),
        method("lib_blob", &[("data", Type::Bytes)], Some(Type::Bytes)),
        method("lib_reset", &[], None),
        method("lib_maybe", &[("value", option(Type::Char))], Some(option(Type::F32))),
        slow,
        function(FunctionKind::Stateless, "lib_parse", &[("text", Type::String)], Some(Type::U64)),
        function(FunctionKind::Export, "lib_add", &[("a", Type::I32), ("b", Type::I32)], Some(Type::I32)),
        function(FunctionKind::Destructor, "lib_destroy", &[], None),
    ];
    with_events(library("lib", types, functions), vec![event("on_told", Some(named("Told"))), event("on_tick", None)])
}

/// The base with a change, laid out and sealed again.
fn changed(change: impl FnOnce(&mut Library)) -> Library {
    let mut new = base();
    change(&mut new);
    new.types.retain(|def| !["EventsDropped", "NotResponding", "Responding"].contains(&def.name.as_str()));
    new.events.retain(|event| !event.builtin);
    let (target, options, version) = (new.target, new.options, new.version);
    let mut new = with_events(library(&new.name, new.types, new.functions), new.events);
    (new.target, new.options, new.version) = (target, options, version);
    new
}

fn the<'a>(library: &'a mut Library, name: &str) -> &'a mut Function {
    library.functions.iter_mut().find(|it| it.name == name).expect("a function")
}

fn ty<'a>(library: &'a mut Library, name: &str) -> &'a mut TypeDef {
    library.types.iter_mut().find(|it| it.name == name).expect("a type")
}

fn fields<'a>(library: &'a mut Library, name: &str) -> &'a mut Vec<Field> {
    match &mut ty(library, name).shape {
        Shape::Record { fields } => fields,
        Shape::Enumeration { .. } => panic!("{name} is a record"),
    }
}

fn variants<'a>(library: &'a mut Library, name: &str) -> &'a mut Vec<Variant> {
    match &mut ty(library, name).shape {
        Shape::Enumeration { variants } => variants,
        Shape::Record { .. } => panic!("{name} is an enumeration"),
    }
}

fn field(name: &str, ty: Type) -> Field {
    match record("Any", &[(name, ty)]).shape {
        Shape::Record { mut fields } => fields.remove(0),
        Shape::Enumeration { .. } => unreachable!("a record"),
    }
}

fn variant(name: &str, value: i32) -> Variant {
    match enumeration("Any", &[(name, value)]).shape {
        Shape::Enumeration { mut variants } => variants.remove(0),
        Shape::Record { .. } => unreachable!("an enumeration"),
    }
}

fn param(name: &str, ty: Type) -> Param {
    method("any", &[(name, ty)], None).params.remove(0)
}

/// What `abidiff` can see of a pair: the parameters of symbols, by value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// An incompatible change, or one of a type's layout.
    Changed,
    /// Nothing, but what was added.
    Same,
    /// What differs is behind a `msg`, or in a name that C does not keep.
    Hidden,
}

struct Case {
    name: &'static str,
    new: Library,
    /// Each change as it is told, with both verdicts before: `+` is safe, `-` is not.
    expected: Vec<&'static str>,
    /// What the old header's check says of the new library.
    check: &'static str,
    seen: Seen,
}

fn cases() -> Vec<Case> {
    use Seen::{Changed, Hidden, Same};
    let mut cases = Vec::new();
    let mut case = |name, change: fn(&mut Library), expected: &[&'static str], check, seen| {
        cases.push(Case { name, new: changed(change), expected: expected.to_vec(), check, seen });
    };
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
    // Parameters.
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
    // Fields of what is sent, of what is told, and of what is both.
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
        &["-+ type Told, field `many`: Vec<u16> -> Vec<u8>"],
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
    cases
}

fn as_told(change: &Change) -> String {
    let sign = |verdict| if verdict == Verdict::Safe { '+' } else { '-' };
    format!("{}{} {change}", sign(change.native), sign(change.wire))
}

#[test]
fn each_change_is_told_with_both_verdicts() {
    let old = base();
    let cases = cases();
    assert!(cases.len() >= 50, "only {} cases", cases.len());
    for Case { name, new, expected, .. } in cases {
        let told: Vec<String> = diff(&old, &new).changes.iter().map(as_told).collect();
        assert_eq!(told, expected, "{name}");
    }
}

#[test]
fn a_library_that_did_not_change_has_nothing_to_tell() {
    assert_eq!(diff(&base(), &base()).changes, []);
    for Case { name, new, .. } in cases() {
        assert_eq!(diff(&new, &new).changes, [], "{name}");
    }
}

#[test]
fn another_library_is_no_version_of_this_one() {
    let mut new = base();
    new.name = "other".to_owned();
    let told: Vec<String> = diff(&base(), &new).changes.iter().map(as_told).collect();
    assert_eq!(told, ["-- library lib, name: lib -> other (every symbol begins with it)"]);
}

/// Natively, what is safe is what leaves every fingerprint as it was that an old caller has.
#[test]
fn the_native_verdict_is_that_of_the_fingerprints() {
    let old = base();
    for Case { name, new, .. } in cases().into_iter().filter(|case| case.name != "target") {
        let functions = old.functions.iter().all(|was| {
            new.functions.iter().any(|is| is.name == was.name && is.fingerprint.native == was.fingerprint.native)
        });
        let events = old.events.iter().all(|was| {
            new.events.iter().any(|is| is.name == was.name && is.fingerprint.native == was.fingerprint.native)
        });
        let types = old.types.iter().all(|was| {
            new.types.iter().any(|is| is.name == was.name && is.fingerprint.native == was.fingerprint.native)
        });
        assert_eq!(diff(&old, &new).is_native_safe(), functions && events && types, "{name}");
    }
}

/// The program that asks the old header whether a library fits it.
fn old_caller(folder: &Path) -> PathBuf {
    std::fs::write(folder.join("my_timer.h"), ffi_bindgen::generate_c(&base()).unwrap()).unwrap();
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hosts/check.c");
    let library = stand_in::source("lib", Some(&base().to_cbor()), base().abi_hash);
    stand_in::build(folder, "liblib.so", &[library]);
    let linked =
        ["-Dmy_timer_abi_check=lib_abi_check", "-I.", source, "-x", "none", "-L.", "-llib", "-Wl,-rpath,$ORIGIN"];
    build(C99, folder, "fits", &linked)
}

#[test]
fn an_old_header_names_the_item_that_differs() {
    if !compiler::available() {
        return;
    }
    let folder = compiler::folder("diff_check");
    let caller = old_caller(&folder);
    for Case { name, new, check, .. } in cases() {
        let library = stand_in::source("lib", Some(&new.to_cbor()), new.abi_hash);
        stand_in::build(&folder, "liblib.so", &[library]);
        assert_eq!(String::from_utf8(run(&caller, &[])).unwrap(), check, "{name}");
    }
}

/// Compiles a library that does nothing and has the symbols and types of the header.
fn compiled_from_header(folder: &Path, name: &str, library: &Library) -> PathBuf {
    let header = ffi_bindgen::generate_c(library).unwrap();
    let is_ours = |line: &str| {
        let symbol = line.split('(').next().and_then(|head| head.rsplit([' ', '*']).next()).unwrap_or_default();
        library.functions.iter().any(|it| it.name == symbol || format!("{}_cbor", it.name) == symbol)
    };
    let declared: Vec<String> = header
        .lines()
        .filter(|line| line.ends_with(");") && !line.starts_with([' ', '#', '*', '/']) && is_ours(line))
        .map(|line| format!("{} {{ return 0; }}", line.trim_end_matches(';')))
        .collect();
    assert!(declared.len() > library.functions.len(), "{declared:?}");
    std::fs::write(folder.join("lib.h"), header).unwrap();
    let source = format!("#include \"lib.h\"\n{}\n", declared.join("\n"));
    std::fs::write(folder.join(format!("{name}.c")), source).unwrap();
    let (file, source) = (format!("{name}.so"), format!("{name}.c"));
    let flags = ["-g", "-shared", "-fPIC", "-Wno-unused-parameter", "-I.", "-o", &file, &source];
    expect_success(name, &compile(C99, folder, &flags));
    folder.join(file)
}

/// Whether there is abidiff. Where not, it is skipped aloud, and fails in CI.
fn has_abidiff() -> bool {
    let has = Command::new("abidiff").arg("--version").output().is_ok_and(|it| it.status.success());
    assert!(has || std::env::var("CI").as_deref() != Ok("true"), "CI must have abidiff");
    if !has {
        eprintln!("SKIPPED: there is no abidiff, so nothing was compared with it");
    }
    has
}

#[test]
fn abidiff_agrees_on_what_it_can_see() {
    if !compiler::available() || !has_abidiff() {
        return;
    }
    let folder = compiler::folder("diff_abidiff");
    let old = compiled_from_header(&folder, "old", &base());
    for Case { name, new, seen, .. } in cases().into_iter().filter(|case| case.seen != Seen::Hidden) {
        let report = diff(&base(), &new);
        let new = compiled_from_header(&folder, "new", &new);
        let output = Command::new("abidiff").args(["--no-added-syms"]).args([&old, &new]).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let code = output.status.code().unwrap_or(1);
        assert_eq!(code & 3, 0, "{name}: abidiff could not compare: {said}{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(code != 0, seen == Seen::Changed, "{name}: abidiff says {code}: {said}");
        assert_eq!(code == 0, report.is_native_safe(), "{name}: {report}\nabidiff: {said}");
    }
}
