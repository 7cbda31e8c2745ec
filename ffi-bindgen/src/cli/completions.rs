//! `cargo ffi completions`.

use super::{CommandLine, Failure, console};
use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

/// Print a script that completes `cargo-ffi` in a shell
#[derive(Args)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut CommandLine::command(), "cargo-ffi", &mut script);
        console::result(&script)
    }
}
