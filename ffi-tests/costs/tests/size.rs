//! How large a library becomes: what could be one generic or cold function and is not shows here.

mod counting;

use counting::{COMPILER, TOLERANCE, is_recorded_for_this};
use std::path::{Path, PathBuf};
use std::process::Command;
use toolchain::{Bounded as _, test};

fn main() -> std::process::ExitCode {
    toolchain::main()
}

/// A library, and the bytes of its stripped release build.
const FIGURES: [(&str, &str, f64); 2] =
    [("example-echo", "echo", 1_024_296.0), ("example-timer", "my_timer", 1_112_584.0)];

/// Where another compiler made it: how many times the figure it may be.
const SLACK: f64 = 1.25;

#[test]
#[cfg(target_os = "linux")]
fn a_library_is_as_large_as_it_is_known_to_be() {
    toolchain::need("strip");
    let mut failures = Vec::new();
    for (package, name, figure) in FIGURES {
        let size = stripped(&build(package, name)) as f64;
        println!("{name}: {size} bytes, recorded {figure} for {COMPILER}");
        let is_right = match is_recorded_for_this() {
            true => (size - figure).abs() <= TOLERANCE * figure,
            false => size <= SLACK * figure,
        };
        if !is_right {
            failures.push(format!("{name}: {size} bytes instead of {figure}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Builds a library as users build theirs, alone, so that no other package asks for more of tokio.
fn build(package: &str, name: &str) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("a folder in the target folder");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--locked", "--release", "-p", package, "--target-dir"]).arg(target);
    assert!(cargo.status().expect("cargo runs").success(), "{package} is built");
    target.join("release").join(format!("lib{name}.so"))
}

/// The size of a library without its symbols.
fn stripped(library: &Path) -> u64 {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stripped.so");
    let status = Command::new("strip").arg("-s").arg("-o").arg(&out).arg(library).bounded();
    assert!(status.expect("strip runs").status.success(), "{} is stripped", library.display());
    std::fs::metadata(&out).expect("strip wrote it").len()
}
