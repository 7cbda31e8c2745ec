//! A schema is found in a built library by its symbols, or it is said why not.

mod support;

use ffi_bindgen::{Error, read_schema, schema_bytes};
use std::path::PathBuf;
use support::stand_in::{build, source};
use support::{compiler, my_timer};
use toolchain::test;

fn main() -> std::process::ExitCode {
    toolchain::main()
}

/// A dynamic library from these sources.
fn built(file: &str, sources: &[String]) -> PathBuf {
    compiler::need();
    build(&compiler::folder("load"), file, sources)
}

fn timer(name: &str) -> String {
    source(name, Some(&my_timer().to_cbor()), 1)
}

#[test]
fn the_schema_is_read_whatever_the_file_is_called() {
    let path = built("anything.bin", &[timer("my_timer")]);
    assert_eq!(read_schema(&path).unwrap(), my_timer());
    assert_eq!(schema_bytes(&path, Some("my_timer")).unwrap(), my_timer().to_cbor());
}

#[test]
fn of_several_libraries_in_one_file_one_is_chosen() {
    let other = source("other", Some(b"other"), 2);
    let path = built("several.so", &[timer("my_timer"), other]);
    assert_eq!(schema_bytes(&path, Some("other")).unwrap(), b"other");
    let error = read_schema(&path).unwrap_err();
    assert!(matches!(&error, Error::SeveralSchemas { found, .. } if *found == ["my_timer", "other"]));
    assert!(error.to_string().ends_with("exports the schemas of `my_timer`, `other`: choose one with --name"));
}

#[test]
fn a_name_that_is_not_there_is_told_with_those_that_are() {
    let path = built("one.so", &[timer("my_timer")]);
    let error = schema_bytes(&path, Some("timer")).unwrap_err();
    assert!(matches!(&error, Error::NoSuchName { .. }));
    assert!(error.to_string().ends_with("exports no schema of `timer`, only of `my_timer`"), "{error}");
}

#[test]
fn a_library_without_a_schema_says_what_it_lacks() {
    let plain = "int json_schema(void);\nint json_schema(void) { return 0; }\n".to_owned();
    let path = built("plain.so", &[plain]);
    let error = read_schema(&path).unwrap_err();
    assert!(matches!(error, Error::NoSchema { .. }));
    assert!(error.to_string().contains("was it built from a crate with `ffi_runtime::library!`?"), "{error}");
    let path = built("null.so", &[source("my_timer", None, 1)]);
    assert!(matches!(read_schema(&path), Err(Error::NoSchema { .. })));
}

#[test]
fn bytes_that_are_no_schema_are_refused() {
    let mut newer = my_timer();
    newer.format += 1;
    for (file, bytes) in [("newer.so", &*newer.to_cbor()), ("garbage.so", b"garbage")] {
        let path = built(file, &[source("my_timer", Some(bytes), 1)]);
        assert!(matches!(read_schema(&path), Err(Error::Schema { .. })), "{file}");
    }
}

#[test]
fn files_that_are_no_library_are_refused() {
    let folder = compiler::folder("load");
    assert!(matches!(read_schema(&folder.join("missing.so")), Err(Error::File { .. })));
    assert!(matches!(read_schema(&folder), Err(Error::File { .. })));
    std::fs::write(folder.join("text.so"), "text").unwrap();
    assert!(matches!(read_schema(&folder.join("text.so")), Err(Error::NotALibrary { .. })));
}

#[test]
fn a_library_that_needs_another_is_not_loadable() {
    let unresolved = "extern int nowhere;\nextern int *somewhere;\nint *somewhere = &nowhere;\n".to_owned();
    let path = built("unresolved.so", &[timer("my_timer"), unresolved]);
    assert!(matches!(read_schema(&path), Err(Error::NotLoadable { .. })));
}
