//! The header's check names the first thing that a loaded library has changed, and nothing else.

mod support;

use ffi_runtime::schema::{Function, FunctionKind, Library, Shape, Type};
use std::path::PathBuf;
use std::process::Command;
use support::compiler::{self, C11, C99, CXX17, SANITIZED, Standard, build, run};
use support::{event, method, my_timer, named, record, stand_in};
use toolchain::{Bounded as _, test};

fn main() -> std::process::ExitCode {
    toolchain::main()
}

/// A function of the stand-in, which prints that it was reached and answers 7.
fn reached(name: &str) -> String {
    format!("int {name}(void)\n{{\n    printf(\"reached {name}\\n\");\n    return 7;\n}}\n")
}

/// The timer with a function of each kind.
fn with_every_kind() -> Library {
    changed(|timer| {
        let mode = ("mode", named("JobPriority"));
        timer.functions.push(support::function(FunctionKind::Stateless, "my_timer_parse", &[mode], Some(Type::U8)));
        timer.functions.push(support::function(
            FunctionKind::Export,
            "my_timer_twice",
            &[("it", Type::I32)],
            Some(Type::I32),
        ));
        timer.functions.push(support::function(FunctionKind::Export, "my_timer_reset_all", &[], None));
    })
}

/// What a host that includes the header and calls prints and how it ends, beside a library of this schema whose
/// functions only say that they were reached.
fn calling(case: &str, loaded: &Library, more: &[&str], argument: &str) -> (Option<i32>, String) {
    compiler::need();
    let folder = compiler::folder(&format!("calling_{case}"));
    std::fs::write(folder.join("my_timer.h"), ffi_bindgen::generate_c(&with_every_kind()).unwrap()).unwrap();
    let own = ["ffi_last_error", "ffi_add_event_listener", "create", "echo", "version", "parse", "twice", "reset_all"];
    let stubs = own.map(|name| reached(&format!("my_timer_{name}"))).concat();
    let stubs =
        format!("#include <stdio.h>\n{}", stubs.replace("int my_timer_ffi_last_error", "long my_timer_ffi_last_error"));
    let schema = stand_in::source("my_timer", Some(&loaded.to_cbor()), loaded.abi_hash);
    let library = stand_in::build(&folder, "libmy_timer.so", &[schema, stubs]);
    let sources =
        ["calls.c", "calls_elsewhere.c"].map(|file| format!("{}/tests/hosts/{file}", env!("CARGO_MANIFEST_DIR")));
    let host = |standard: Standard, name| {
        let path = ["-I.", "-pthread", &sources[0], &sources[1], "-x", "none", library.to_str().unwrap()];
        let program = build(standard, &folder, name, &[more, &path].concat());
        let output = Command::new(program).arg(argument).bounded().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(said).unwrap())
    };
    let c = host(C99, "c");
    for (standard, name) in [(C11, "c11"), (CXX17, "cxx")] {
        assert_eq!(c, host(standard, name), "{standard:?}");
    }
    c
}

/// The library with two fields of a record in the other order.
fn swapped() -> Library {
    let mut other = with_every_kind();
    let job = other.types.iter_mut().find(|def| def.name == "Job").unwrap();
    let Shape::Record { fields } = &mut job.shape else { panic!("a record") };
    fields.swap(0, 1);
    support::changed(other, |_| {})
}

const TOLD: &str = "my_timer: the loaded library differs from its header: type Job";

/// What the calls of the host print where none of them may reach the library.
fn refused() -> String {
    let calls = ["create", "echo", "version", "parse", "pointer", "elsewhere"];
    let told = calls.map(|call| format!("{call}: 1 {TOLD}\n")).concat();
    format!("{told}no callback: 2\nlistener: 0 {TOLD}\n")
}

#[test]
fn a_host_that_only_calls_is_told_before_it_reaches_another_library() {
    let said = calling("swapped", &swapped(), &[], "");
    assert_eq!(said, (Some(0), refused()));
    let sanitized = calling("swapped_sanitized", &swapped(), &SANITIZED, "");
    assert_eq!(sanitized, (Some(0), refused()));
    // A library that lacks a function of the header.
    let missing = calling("missing", &my_timer(), &[], "").1;
    assert!(missing.contains("differs from its header: missing function my_timer_parse"), "{missing}");
}

#[test]
fn an_export_ends_the_process_before_it_reaches_another_library() {
    for export in ["twice", "reset_all"] {
        let said = calling(&format!("export_{export}"), &swapped(), &[], export);
        assert_eq!(said, (Some(1), format!("{TOLD}\n")));
    }
}

#[test]
fn every_call_reaches_a_library_that_fits() {
    let said = calling("fits", &with_every_kind(), &[], "threads").1;
    for name in ["create", "echo", "version", "parse", "ffi_add_event_listener", "twice", "reset_all"] {
        assert!(said.contains(&format!("reached my_timer_{name}\n")), "{said}");
    }
    assert!(!said.contains(TOLD), "{said}");
    // First calls of many threads at once.
    let raced = calling("fits_raced", &with_every_kind(), &["-g", "-fsanitize=thread"], "threads");
    assert!(raced.0 == Some(0) && !raced.1.contains("WARNING: ThreadSanitizer"), "{}", raced.1);
}

#[test]
fn a_host_can_switch_the_comparison_off() {
    let said = calling("off", &swapped(), &["-DMY_TIMER_NO_ABI_CHECK"], "").1;
    for name in ["create", "echo", "version", "parse", "ffi_add_event_listener"] {
        assert!(said.contains(&format!("reached my_timer_{name}\n")), "{said}");
    }
    assert!(!said.contains(TOLD), "{said}");
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
    support::changed(my_timer(), change)
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
