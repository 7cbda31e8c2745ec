//! The command writes what it is asked for, or a message and exit code 2.

mod support;

use ffi_runtime::schema::{FunctionKind, Library};
use std::path::PathBuf;
use std::process::{Command, Output};
use support::stand_in::{build, source};
use support::{compiler, my_timer};
use toolchain::{Bounded as _, test};

fn main() -> std::process::ExitCode {
    toolchain::main()
}

fn command(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cargo-ffi")).args(arguments).bounded().unwrap()
}

#[track_caller]
fn refused(arguments: &[&str], message: &str) {
    let output = command(arguments);
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.contains(message), "{text}");
    assert!(output.stdout.is_empty());
}

fn schema_file(name: &str, bytes: &[u8]) -> String {
    let path = compiler::folder("command").join(name);
    std::fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

fn built(file: &str) -> PathBuf {
    let timer = source("my_timer", Some(&my_timer().to_cbor()), 1);
    compiler::need();
    build(&compiler::folder("command"), file, &[timer])
}

#[test]
fn a_header_comes_from_a_library_or_from_its_schema() {
    let header = ffi_bindgen::generate_c(&my_timer()).unwrap().into_bytes();
    let schema = schema_file("my_timer.schema", &my_timer().to_cbor());
    assert_eq!(command(&["generate", "--lang", "c", "--schema", &schema]).stdout, header);
    let path = built("libmy_timer.so");
    let library = ["generate", "--lang", "c", "--library", path.to_str().unwrap()];
    assert_eq!(command(&library).stdout, header);
    assert_eq!(command(&[&library[..], &["--name", "my_timer"]].concat()).stdout, header);
}

#[test]
fn a_path_without_a_slash_is_a_file_here() {
    let path = built("here.so");
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-ffi"));
    let output =
        command.current_dir(path.parent().unwrap()).args(["schema", "--format", "cbor", "here.so"]).bounded().unwrap();
    assert_eq!(output.stdout, my_timer().to_cbor());
}

#[test]
fn output_goes_to_a_file_where_asked() {
    let schema = schema_file("to_file.schema", &my_timer().to_cbor());
    let file = compiler::folder("command").join("my_timer.h");
    let output = command(&["generate", "--lang", "c", "--schema", &schema, "--output", file.to_str().unwrap()]);
    assert!(output.status.success() && output.stdout.is_empty());
    assert_eq!(std::fs::read_to_string(file).unwrap(), ffi_bindgen::generate_c(&my_timer()).unwrap());
    let nowhere = ["generate", "--lang", "c", "--schema", &schema, "--output", "no/such/folder/my_timer.h"];
    refused(&nowhere, "no/such/folder/my_timer.h: ");
}

#[test]
fn a_difference_is_told_and_breaks_a_build_that_asks() {
    let old = schema_file("old.schema", &my_timer().to_cbor());
    let changed = |name: &str, change: fn(&mut Library)| {
        let mut new = my_timer();
        change(&mut new);
        new.seal();
        schema_file(name, &new.to_cbor())
    };
    let same = command(&["diff", &old, &old]);
    assert_eq!(same.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&same.stdout), "my_timer: nothing changed\n");
    let reordered = changed("reordered.schema", |it| it.functions[3].params.reverse());
    let told = command(&["diff", &old, &reordered]);
    assert_eq!(told.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&told.stdout),
        "native  wire    change\n\
         UNSAFE  safe    function my_timer_schedule, parameters: reordered (jobs, at) -> (at, jobs) (keys have no order)\n\
         \n\
         An old caller of my_timer is not safe any more natively, and still safe on the wire.\n"
    );
    assert_eq!(command(&["diff", &old, &reordered, "--callers", "native"]).status.code(), Some(1));
    assert_eq!(command(&["diff", &old, &reordered, "--callers", "wire"]).status.code(), Some(0));
    let json = command(&["diff", &old, &reordered, "--format", "json"]).stdout;
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json["library"], "my_timer");
    assert_eq!(
        json["changes"],
        serde_json::json!([{
            "item": "function", "name": "my_timer_schedule", "part": "parameters", "what": "reordered",
            "old": "jobs, at", "new": "at, jobs", "native": "unsafe", "wire": "safe", "why": "keys have no order",
        }])
    );
    let gone = changed("gone.schema", |it| drop(it.functions.remove(2)));
    assert_eq!(command(&["diff", &old, &gone, "--callers", "wire"]).status.code(), Some(1));
    let built = built("diffed.so");
    assert_eq!(command(&["diff", built.to_str().unwrap(), &old]).status.code(), Some(0));
    assert_eq!(command(&["diff", &old, built.to_str().unwrap(), "--name", "my_timer"]).status.code(), Some(0));
    refused(&["diff", &old, built.to_str().unwrap(), "--name", "yours"], "exports no schema of `yours`");
    refused(&["diff", &old, "no/such.so"], "error: no/such.so: ");
    let garbage = schema_file("garbage_to_diff", b"garbage");
    refused(&["diff", &garbage, &old], "not a library's schema");
    refused(&["diff", &old], "<NEW>");
}

#[test]
fn what_cannot_be_read_is_said() {
    refused(&["schema", "no/such.so"], "error: no/such.so: ");
    refused(&["generate", "--lang", "c", "--library", "no/such.so"], "error: no/such.so: ");
    refused(&["generate", "--lang", "c", "--schema", "no/such.schema"], "error: no/such.schema: ");
    let text = schema_file("text.so", b"text");
    refused(&["generate", "--lang", "c", "--library", &text], "text.so is not a dynamic library: ");
    let garbage = schema_file("garbage.schema", b"garbage");
    refused(&["generate", "--lang", "c", "--schema", &garbage], "not a library's schema");
    let mut newer = my_timer();
    newer.format = 7;
    let newer = schema_file("newer.schema", &newer.to_cbor());
    let message = "the schema has format 7, this tool reads up to 2";
    refused(&["generate", "--lang", "c", "--schema", &newer], message);
    refused(&["inspect", &newer], message);
    refused(&["schema", &newer], message);
}

#[test]
fn a_wrong_command_line_is_explained() {
    refused(&[], "Usage: cargo ffi <COMMAND>");
    refused(&["generate", "--lang", "c"], "--library <PATH>");
    refused(&["generate", "--lang", "cobol", "--schema", "x"], "[possible values: c, ");
    refused(&["generate", "--lang", "c", "--schema", "x", "--library", "y"], "cannot be used with");
    refused(&["generate", "--lang", "c", "--schema", "x", "--name", "y"], "cannot be used with");
}

#[test]
fn a_call_says_that_nothing_makes_its_context() {
    let mut shop = my_timer();
    shop.functions.retain(|function| function.kind != FunctionKind::Constructor);
    let (schema, called) = (source("my_timer", Some(&shop.to_cbor()), 1), "int my_timer_ffi_call_cbor(void);\n");
    compiler::need();
    let stub = format!("{called}int my_timer_ffi_call_cbor(void) {{ return 1; }}\n");
    let library = build(&compiler::folder("command"), "unmade.so", &[schema, stub]);
    let said = "needs a context, and my_timer has no constructor that makes one";
    refused(&["call", library.to_str().unwrap(), "version"], said);
}
