//! What the compiler says to each mistake, and what it takes without a word.
//!
//! The texts of the failing half are rustc's in part, so they hold for one toolchain.

use std::process::Command;
use toolchain::{Bounded as _, test};

fn main() -> std::process::ExitCode {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cargo");
    // SAFETY: no other thread runs yet.
    unsafe { std::env::set_var("REAL_CARGO", std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())) };
    // SAFETY: as above.
    unsafe { std::env::set_var("CARGO", script) };
    toolchain::main()
}

/// The toolchain whose messages the `.stderr` files hold.
const PINNED: &str = "1.95.0";

#[test]
fn every_mistake_has_its_message() {
    if has_pinned_messages() {
        let cases = std::env::var("FFI_UI_CASES").unwrap_or_else(|_| "*".into());
        trybuild::TestCases::new().compile_fail(format!("tests/ui/fail/{cases}.rs"));
    }
}

fn has_pinned_messages() -> bool {
    let version = rustc_version();
    let is_pinned = version.split(' ').nth(1) == Some(PINNED);
    if !is_pinned {
        toolchain::missing(format!("the messages are those of rustc {PINNED}, this is {version}"));
    }
    is_pinned
}

#[test]
fn every_promise_compiles_and_holds() {
    trybuild::TestCases::new().pass("tests/ui/pass/*.rs");
}

#[test]
fn options_of_fields_may_depend_on_a_feature() {
    let song = ffi_runtime::to_cbor(&optional::Song { name: 1 }).expect("it crosses");
    assert_eq!(song, b"\xa1\x65title\x01");
    let [quiet, loud] = [optional::Volume::Quiet, optional::Volume::VeryLoud]
        .map(|volume| ffi_runtime::to_cbor(&volume).expect("it crosses"));
    assert_eq!((&*quiet, &*loud), (&b"\x64soft"[..], &b"\x69very_loud"[..]));
    // Without the feature there is no attribute, no dependency, and nothing to build but one file.
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/optional/src/lib.rs");
    let mut plain = rustc();
    plain.args(["--edition=2024", "--crate-type=lib", "--emit=metadata", "-o", "-", source]);
    let output = plain.bounded().expect("the compiler runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn every_edition_builds() {
    assert_eq!([old_2015::old15_twice(2, 'a'), old_2018::old18_twice(2, 'a')], [101; 2]);
    // What is named by a keyword of a later edition crosses under the plain name.
    let value = old_2015::Value { r#async: 1, r#dyn: None };
    assert_eq!(ffi_runtime::to_cbor(&value).expect("it crosses"), b"\xa2\x65async\x01\x63dyn\xf6");
    let value = old::Value { r#gen: 1 };
    assert_eq!(ffi_runtime::to_cbor(&value).expect("it crosses"), b"\xa1\x63gen\x01");
}

fn rustc() -> Command {
    Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}

fn rustc_version() -> String {
    let output = rustc().arg("--version").bounded().expect("the compiler that built this test runs");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
