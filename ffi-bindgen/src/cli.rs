//! The commands, one file each.

mod call;
mod diff;
mod failure;
mod generate;
mod inspect;
mod schema;
mod source;

pub(crate) mod console;

use clap::{Parser, Subcommand};
use failure::Failure;
use std::process::ExitCode;

/// Ships a Rust library made with #[ffi] to other languages.
#[derive(Parser)]
#[command(name = "cargo ffi", bin_name = "cargo ffi", version, arg_required_else_help = true)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Generate(generate::Generate),
    Inspect(inspect::Inspect),
    Call(call::Call),
    Schema(schema::Schema),
    Diff(diff::Diff),
}

/// Does what the command line says; the exit code is not always 0 where that worked.
pub(crate) fn run(line: CommandLine) -> Result<ExitCode, Failure> {
    match line.command {
        Command::Generate(command) => command.run().map(|()| ExitCode::SUCCESS),
        Command::Inspect(command) => command.run().map(|()| ExitCode::SUCCESS),
        Command::Call(command) => command.run(),
        Command::Schema(command) => command.run().map(|()| ExitCode::SUCCESS),
        Command::Diff(command) => command.run(),
    }
}
