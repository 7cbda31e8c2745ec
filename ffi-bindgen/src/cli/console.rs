//! What the user sees: results on standard output, everything else on standard error. Colours only
//! where that is a terminal, and `NO_COLOR` is heeded.

use super::Failure;
use anstream::eprintln;
use anstyle::{AnsiColor, Style};
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const STEP: Style = AnsiColor::Green.on_default().bold();

/// Tells why the work is not done.
pub(crate) fn failure(failure: &Failure) {
    eprintln!("{ERROR}error{ERROR:#}: {failure}");
}

/// Tells that the library answered with an error.
pub(crate) fn refusal(text: &str) {
    eprintln!("{ERROR}answered{ERROR:#}: {text}");
}

/// Writes one line of a result, as soon as it is there. Where nobody reads it any more, it is lost.
pub(crate) fn line(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// Tells of something that is to be mended.
pub(crate) fn fault(text: &str) {
    eprintln!("{ERROR}to mend{ERROR:#}: {text}");
}

/// Tells of a step that was made, as cargo tells of its own: the verb and what it was done to.
pub(crate) fn step(verb: &str, what: &str) {
    eprintln!("{STEP}{verb:>12}{STEP:#} {what}");
}

/// Writes a result.
pub(crate) fn result(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(bytes).and_then(|()| out.flush());
    written.map_err(|source| Failure::file(Path::new("standard output"), source))
}

/// How many columns a line of a result may take; `None` where it goes to a file or a program.
pub(crate) fn width() -> Option<u16> {
    let columns = || terminal_size::terminal_size().map(|(width, _)| width.0);
    std::io::stdout().is_terminal().then(columns).flatten()
}
