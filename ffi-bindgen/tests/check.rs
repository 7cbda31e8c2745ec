//! The header's check names the first thing that a loaded library has changed, and nothing else.

mod support;

use ffi_runtime::schema::{Function, FunctionKind, Library, Shape, Type};
use std::path::PathBuf;
use support::compiler::{self, C99, CXX17, SANITIZED, Standard, build, run};
use support::{event, library, method, my_timer, named, record, stand_in, with_events};
use toolchain::test;

fn main() -> std::process::ExitCode {
    toolchain::main()
}

/// What the header of [`my_timer`] says of a library with this schema and hash.
fn check(case: &str, schema: Option<&[u8]>, hash: u64) -> String {
    compiler::need();
    let folder = compiler::folder(&format!("check_{case}"));
    std::fs::write(folder.join("my_timer.h"), ffi_bindgen::generate_c(&my_timer()).unwrap()).unwrap();
    let library = stand_in::build(&folder, "libmy_timer.so", &[stand_in::source("my_timer", schema, hash)]);
    let host = |standard: Standard, name, flags: &[&str]| -> PathBuf {
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hosts/check.c");
        let path = ["-I.", source, "-x", "none", library.to_str().unwrap()];
        build(standard, &folder, name, &[flags, &path].concat())
    };
    let c = run(&host(C99, "c", &SANITIZED), &[]);
    assert_eq!(c, run(&host(CXX17, "cxx", &["-O2"]), &[]));
    String::from_utf8(c).unwrap()
}

#[track_caller]
fn says(case: &str, library: &Library, expected: &str) {
    assert_eq!(check(case, Some(&library.to_cbor()), library.abi_hash), expected);
}

/// The timer with other functions or types, laid out and sealed again.
fn changed(change: impl FnOnce(&mut Library)) -> Library {
    let mut timer = my_timer();
    change(&mut timer);
    timer.types.retain(|def| !["EventsDropped", "NotResponding", "Responding"].contains(&def.name.as_str()));
    timer.events.retain(|event| !event.builtin);
    with_events(library("my_timer", timer.types, timer.functions), timer.events)
}

fn function<'a>(timer: &'a mut Library, name: &str) -> &'a mut Function {
    timer.functions.iter_mut().find(|function| function.name == name).unwrap()
}

#[test]
fn the_same_library_is_compatible() {
    says("same", &my_timer(), "compatible");
}

#[test]
fn an_equal_hash_is_enough() {
    let said = check("equal_hash", None, my_timer().abi_hash);
    assert_eq!(said, "compatible");
}

#[test]
fn more_functions_types_and_events_do_no_harm() {
    let more = changed(|timer| {
        timer.functions.insert(1, method("my_timer_more", &[("it", named("More"))], None));
        timer.types.push(record("More", &[("a", Type::U8)]));
        timer.events.push(event("on_more", Some(Type::Bytes)));
    });
    assert_ne!(more.abi_hash, my_timer().abi_hash);
    says("more", &more, "compatible");
}

#[test]
fn documentation_does_no_harm() {
    let mut other = my_timer();
    other.functions[0].docs = "Something else.".to_owned();
    other.abi_hash += 1;
    says("documentation", &other, "compatible");
}

#[test]
fn a_changed_function_is_named() {
    let other = changed(|timer| function(timer, "my_timer_schedule").returns = Some(Type::U64));
    says("function_changed", &other, "function my_timer_schedule");
}

#[test]
fn a_changed_event_is_named() {
    let other = changed(|timer| timer.events[1].payload = Some(Type::I64));
    says("event_changed", &other, "event on_tick");
}

#[test]
fn a_changed_type_is_named_before_the_functions_that_reach_it() {
    let other = changed(|timer| {
        let job = timer.types.iter_mut().find(|def| def.name == "Job").unwrap();
        let Shape::Record { fields } = &mut job.shape else { panic!("a record") };
        fields.swap(0, 1);
    });
    says("type_changed", &other, "type Job");
}

#[test]
fn the_innermost_changed_type_is_named() {
    let other = changed(|timer| {
        let priority = timer.types.iter_mut().find(|def| def.name == "JobPriority").unwrap();
        let Shape::Enumeration { variants } = &mut priority.shape else { panic!("an enumeration") };
        variants[1].value += 1;
    });
    says("inner_changed", &other, "type JobPriority");
}

#[test]
fn what_is_missing_is_named_so() {
    let without = changed(|timer| timer.functions.retain(|function| function.name != "my_timer_version"));
    says("function_missing", &without, "missing function my_timer_version");
    let without = changed(|timer| timer.events.retain(|event| event.name != "on_idle"));
    says("event_missing", &without, "missing event on_idle");
    let without = changed(|timer| {
        function(timer, "my_timer_create").params.clear();
        timer.types.retain(|def| def.name != "TimerConfig");
    });
    says("type_missing", &without, "missing type TimerConfig");
}

#[test]
fn a_function_does_not_stand_for_a_type_of_its_name() {
    let mut other = my_timer();
    let job = other.types.iter().position(|def| def.name == "Job").unwrap();
    let print = other.types.remove(job).fingerprint;
    let mut stand_in = support::function(FunctionKind::Method, "Job", &[], None);
    stand_in.fingerprint = print;
    other.functions.push(stand_in);
    other.abi_hash += 1;
    says("kinds", &other, "missing type Job");
}

#[test]
fn a_schema_that_cannot_be_read_is_said_to_be_one() {
    let mut newer = my_timer();
    newer.format += 1;
    let whole = my_timer().to_cbor();
    for (case, schema) in [
        ("newer", Some(&*newer.to_cbor())),
        ("truncated", Some(&whole[..whole.len() / 2])),
        ("no_map", Some(&[0x80][..])),
        ("empty_map", Some(&[0xa0][..])),
        ("no_bytes", Some(&[][..])),
        ("null", None),
    ] {
        let said = check(&format!("unreadable_{case}"), schema, 1);
        assert_eq!(said, "schema", "{case}");
    }
}
