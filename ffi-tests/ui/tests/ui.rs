//! What the compiler says to each mistake, and what it takes without a word.
//!
//! The texts of the failing half are rustc's in part, so they hold for one toolchain.

use std::process::Command;
use toolchain::{Bounded as _, test};

fn main() -> std::process::ExitCode {
    toolchain::main()
}

/// The toolchain whose messages `ui/fail/*.stderr` holds.
const PINNED: &str = "1.95.0";

#[test]
fn every_mistake_has_its_message() {
    let version = rustc_version();
    if version.split(' ').nth(1) == Some(PINNED) {
        trybuild::TestCases::new().compile_fail("tests/ui/fail/*.rs");
    } else {
        toolchain::missing(format!("the messages are those of rustc {PINNED}, this is {version}"));
    }
}

#[test]
fn every_promise_compiles_and_holds() {
    trybuild::TestCases::new().pass("tests/ui/pass/*.rs");
}

fn rustc_version() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").bounded().expect("the compiler that built this test runs");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
