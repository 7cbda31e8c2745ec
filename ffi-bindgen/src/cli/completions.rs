//! Runs `cargo ffi completions`: prints a script for a shell.

use super::{Failure, console};
use clap::{Args, Command};
use clap_complete::Shell;

/// Print a script that completes `cargo-ffi` in a shell
#[derive(Args)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(&self, line: &mut Command) -> Result<(), Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, line, "cargo-ffi", &mut script);
        console::result(&script)
    }
}
