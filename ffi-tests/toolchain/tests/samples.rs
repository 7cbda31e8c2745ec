//! Tests that `harness.rs` looks at, with every way to end. Built as a program, which no test run has.

use std::os::unix::process::ExitStatusExt as _;
use std::process::Command;
use toolchain::{Bounded as _, test};

fn main() -> std::process::ExitCode {
    toolchain::main()
}

#[test]
fn sample_needs_a_compiler() {
    toolchain::need("cc");
}

#[test]
fn sample_needs_the_tools_of_python() {
    toolchain::python_tools();
}

#[test]
fn sample_needs_node_late() {
    assert!(std::env::current_exe().is_ok());
    toolchain::need("node");
}

#[test]
fn sample_passes() {}

#[test]
fn sample_is_run_in_part() {
    assert!(!toolchain::also("clang"), "there is no tool here");
}

#[test]
fn sample_fails() {
    panic!("on purpose");
}

#[test]
fn sample_asks_for_default_signals() {
    let mut shell = Command::new("/bin/sh");
    let ended = shell.args(["-c", "kill -INT $$; kill -TERM $$"]).bounded().expect("a shell");
    assert_eq!(ended.status.signal(), Some(libc::SIGINT));
}
