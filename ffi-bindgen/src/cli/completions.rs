//! Runs `cargo ffi completions`: prints a script for a shell.

use super::{Failure, console};
use clap::{Args, Command};
use clap_complete::Shell;

/// The program, as a shell finds it.
const PROGRAM: &str = "cargo-ffi";

/// Print a script that completes `cargo ffi` and `cargo-ffi` in a shell
///
/// bash: source <(cargo ffi completions bash), in ~/.bashrc behind what completes cargo;
/// zsh: cargo ffi completions zsh > FOLDER/_cargo-ffi, where FOLDER is in $fpath before compinit runs;
/// fish: cargo ffi completions fish > ~/.config/fish/conf.d/cargo-ffi.fish;
/// PowerShell and Elvish complete `cargo-ffi` alone.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(&self, line: Command) -> Result<(), Failure> {
        let is_bash = self.shell == Shell::Bash;
        let mut script = if is_bash { bash(line) } else { script(self.shell, line, PROGRAM) };
        // A file of zsh begins with a line that names its command, and ends by running its function.
        let head = if self.shell == Shell::Zsh { script.find('\n') } else { None };
        script.insert_str(head.map_or(script.len(), |head| head + 1), of_cargo(self.shell));
        console::result(script.as_bytes())
    }
}

fn script(shell: Shell, line: Command, program: &'static str) -> String {
    let mut script = Vec::new();
    // A space in the name would be taken for the end of a command's name.
    clap_complete::generate(shell, &mut line.name(program), program, &mut script);
    String::from_utf8(script).expect("a script is text")
}

/// The script for bash. `clap_complete` 4.6 spells a hyphen in the program's name in two ways there
/// (clap-rs/clap#6421), so that no option of a command is found.
fn bash(line: Command) -> String {
    script(Shell::Bash, line, "cargo_ffi").replace("-o default cargo_ffi\n", "-o default cargo-ffi\n")
}

/// What has cargo's own completion go on with that of `cargo-ffi`.
fn of_cargo(shell: Shell) -> &'static str {
    match shell {
        Shell::Bash => include_str!("completions/cargo.bash"),
        Shell::Fish => include_str!("completions/cargo.fish"),
        Shell::Zsh => include_str!("completions/cargo.zsh"),
        // Shells that the crate may yet know, too.
        Shell::Elvish | Shell::PowerShell | _ => "",
    }
}
