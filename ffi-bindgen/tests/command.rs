//! The command writes what it is asked for, or a message and exit code 2.

mod support;

use std::path::PathBuf;
use std::process::{Command, Output};
use support::stand_in::{build, source};
use support::{compiler, my_timer};

fn command(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ffi-bindgen")).args(arguments).output().unwrap()
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

fn built(file: &str) -> Option<PathBuf> {
    let timer = source("my_timer", Some(&my_timer().to_cbor()), 1);
    compiler::available().then(|| build(&compiler::folder("command"), file, &[timer]))
}

#[test]
fn a_header_comes_from_a_library_or_from_its_schema() {
    let header = ffi_bindgen::generate_c(&my_timer()).unwrap().into_bytes();
    let schema = schema_file("my_timer.schema", &my_timer().to_cbor());
    assert_eq!(command(&["generate", "--lang", "c", "--schema", &schema]).stdout, header);
    let Some(path) = built("libmy_timer.so") else { return };
    let library = ["generate", "--lang", "c", "--library", path.to_str().unwrap()];
    assert_eq!(command(&library).stdout, header);
    assert_eq!(command(&[&library[..], &["--name", "my_timer"]].concat()).stdout, header);
}

#[test]
fn a_path_without_a_slash_is_a_file_here() {
    let Some(path) = built("here.so") else { return };
    let mut command = Command::new(env!("CARGO_BIN_EXE_ffi-bindgen"));
    let output = command.current_dir(path.parent().unwrap()).args(["schema", "--library", "here.so"]).output().unwrap();
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
fn what_cannot_be_read_is_said() {
    refused(&["schema", "--library", "no/such.so"], "ffi-bindgen: no/such.so: ");
    refused(&["generate", "--lang", "c", "--library", "no/such.so"], "ffi-bindgen: no/such.so: ");
    refused(&["generate", "--lang", "c", "--schema", "no/such.schema"], "ffi-bindgen: no/such.schema: ");
    let text = schema_file("text.so", b"text");
    refused(&["schema", "--library", &text], "text.so is not a dynamic library: ");
    let garbage = schema_file("garbage.schema", b"garbage");
    refused(&["generate", "--lang", "c", "--schema", &garbage], "not a library's schema");
    let mut newer = my_timer();
    newer.format = 7;
    let newer = schema_file("newer.schema", &newer.to_cbor());
    refused(&["generate", "--lang", "c", "--schema", &newer], "the schema has format 7, this tool reads up to 1");
}

#[test]
fn a_wrong_command_line_is_explained() {
    refused(&[], "Usage: ffi-bindgen <COMMAND>");
    refused(&["generate", "--lang", "c"], "--library <PATH>");
    refused(&["generate", "--lang", "cobol", "--schema", "x"], "[possible values: c]");
    refused(&["generate", "--lang", "c", "--schema", "x", "--library", "y"], "cannot be used with");
    refused(&["generate", "--lang", "c", "--schema", "x", "--name", "y"], "cannot be used with");
}
