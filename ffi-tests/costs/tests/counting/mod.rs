//! Counts the instructions of what `measure` does, with valgrind.

#![allow(dead_code, reason = "each test binary uses its part")]

use std::path::{Path, PathBuf};
use std::process::Command;
use toolchain::Bounded as _;

/// The compiler and the machine that the figures are for.
pub(crate) const COMPILER: &str = "rustc 1.95.0 (59807616e 2026-04-14)";
pub(crate) const MACHINE: &str = "x86_64";

/// How far a count may be from its figure, either way: what has become cheaper is recorded too.
pub(crate) const TOLERANCE: f64 = 0.02;

/// Whether the figures are for this compiler and machine.
pub(crate) fn is_recorded_for_this() -> bool {
    version() == COMPILER && std::env::consts::ARCH == MACHINE
}

/// The instructions of one call, by a count of calls and its double: what all calls share is in both.
pub(crate) fn instructions(program: &Path, case: &str, calls: u64) -> f64 {
    instructions_of(program, case, calls, &[])
}

/// As [`instructions`], with options for callgrind.
pub(crate) fn instructions_of(program: &Path, case: &str, calls: u64, options: &[&str]) -> f64 {
    let [once, twice] = [calls, 2 * calls].map(|count| total(program, case, count, options));
    (twice - once) as f64 / calls as f64
}

/// The instructions of a whole run.
fn total(program: &Path, case: &str, count: u64, options: &[&str]) -> i64 {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{case}.callgrind.out"));
    let mut valgrind = Command::new("valgrind");
    valgrind.arg("--tool=callgrind").arg(format!("--callgrind-out-file={}", out.display())).args(options);
    let run = valgrind.arg(program).args([case, &count.to_string()]).bounded().expect("valgrind runs");
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{case}: {said}");
    let collected = said.lines().find_map(|line| line.split_once("Collected :"));
    collected.expect("valgrind tells a total").1.trim().parse().expect("a number")
}

/// Builds the program as users build their libraries.
pub(crate) fn build() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("a folder in the target folder");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--locked", "--release", "-pffi-tests-costs", "--bin=measure", "--target-dir"]).arg(target);
    assert!(cargo.status().expect("cargo runs").success(), "the program is built");
    target.join("release/measure")
}

fn version() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or("rustc".into());
    let said = Command::new(rustc).arg("--version").bounded().expect("rustc runs");
    String::from_utf8_lossy(&said.stdout).trim().to_owned()
}
