//! The built libraries.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder that cargo builds into, of which the tests' folder is a part.
pub(crate) fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("a folder in the target folder").to_owned()
}

/// Builds the libraries and gives the folder they are in.
pub(crate) fn libraries() -> PathBuf {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--locked"]);
    cargo.args(
        [
            "ffi-tests",
            "ffi-tests-slow",
            "ffi-tests-near",
            "ffi-tests-beside",
            "ffi-tests-plain",
            "example-timer",
            "example-echo",
        ]
        .map(|it| format!("-p{it}")),
    );
    cargo.arg("--target-dir").arg(target()).current_dir(env!("CARGO_MANIFEST_DIR"));
    assert!(cargo.status().expect("cargo runs").success(), "the libraries are built");
    target().join("debug")
}
