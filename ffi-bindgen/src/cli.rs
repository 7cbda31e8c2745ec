//! Parses the command line, and runs its command. Each command has a file of its own.

mod build;
mod call;
mod cargo;
mod check;
mod completions;
mod diff;
mod failure;
mod generate;
mod inspect;
mod new;
mod package;
mod schema;
mod source;
mod stale;
mod timeout;

pub(crate) mod console;

use clap::{CommandFactory as _, Parser, Subcommand};
use failure::Failure;
use std::process::ExitCode;

/// Ships annotated Rust libraries to other languages.
#[derive(Parser)]
#[command(name = "cargo ffi", bin_name = "cargo ffi", version, arg_required_else_help = true)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    New(new::New),
    Build(build::Build),
    Check(check::Check),
    Generate(generate::Generate),
    Inspect(inspect::Inspect),
    Call(call::Call),
    Schema(schema::Schema),
    Diff(diff::Diff),
    Completions(completions::Completions),
}

/// Does what the command line says; the exit code is not always 0 where that worked.
pub(crate) fn run(line: CommandLine) -> Result<ExitCode, Failure> {
    let done = match line.command {
        Command::New(command) => command.run(),
        Command::Build(command) => command.run(),
        Command::Check(command) => return command.run(),
        Command::Generate(command) => command.run(),
        Command::Inspect(command) => command.run(),
        Command::Call(command) => return command.run(),
        Command::Schema(command) => command.run(),
        Command::Diff(command) => return command.run(),
        Command::Completions(command) => command.run(CommandLine::command()),
    };
    done.map(|()| ExitCode::SUCCESS)
}
