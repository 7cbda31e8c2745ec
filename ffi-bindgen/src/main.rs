//! The command line: `cargo ffi …`, or `cargo-ffi …` by itself.
//!
//! Exit code 0 where the work is done, 2 with a message on standard error where it cannot be. `diff`,
//! `check` and `call` have 1 where they did their work and the answer is no: an old caller is not safe
//! any more, something is to be mended, the library answered with an error.

#![forbid(unsafe_code)]
#![deny(clippy::wildcard_enum_match_arm, reason = "a new kind of function is to be decided on everywhere")]

mod cli;

use clap::Parser as _;
use std::ffi::OsString;
use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run(cli::CommandLine::parse_from(arguments())) {
        Ok(code) => code,
        Err(failure) => {
            cli::console::failure(&failure);
            ExitCode::from(2)
        }
    }
}

/// The arguments without the `ffi` that cargo leaves before them.
fn arguments() -> impl Iterator<Item = OsString> {
    let mut arguments = std::env::args_os().peekable();
    let program = arguments.next();
    let _ = arguments.next_if(|first| first == "ffi");
    program.into_iter().chain(arguments)
}
