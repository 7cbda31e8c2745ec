//! Prints results to standard output and everything else to standard error, in colours only on a terminal and
//! without `NO_COLOR`.
//!
//! A schema, an answer or an event may come from anyone. What is printed of them a terminal only shows: what would
//! move its cursor, change its colours or set its title stands there escaped.

use super::Failure;
use super::cargo::Color;
use anstream::{ColorChoice, eprintln};
use anstyle::{AnsiColor, Style};
use ffi_bindgen::{is_printable, printable};
use serde::Serialize;
use serde_json::Value;
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the steps are left out.
static IS_QUIET: AtomicBool = AtomicBool::new(false);

const ERROR: Style = AnsiColor::Red.on_default().bold();
const STEP: Style = AnsiColor::Green.on_default().bold();

/// Leaves the steps out, or prints in colours as the user says.
pub(super) fn set(is_quiet: bool, color: Option<Color>) {
    IS_QUIET.store(is_quiet, Ordering::Relaxed);
    match color {
        Some(Color::Always) => ColorChoice::AlwaysAnsi.write_global(),
        Some(Color::Never) => ColorChoice::Never.write_global(),
        Some(Color::Auto) => ColorChoice::Auto.write_global(),
        None => {}
    }
}

/// Tells why the work is not done.
pub(crate) fn failure(failure: &Failure) {
    eprintln!("{ERROR}error{ERROR:#}: {}", printable(&failure.to_string()));
}

/// Tells that the library answered with an error.
pub(crate) fn refusal(text: &str) {
    eprintln!("{ERROR}answered{ERROR:#}: {}", printable(text));
}

/// Tells what may be done about what was just told.
pub(crate) fn hint(text: &str) {
    eprintln!("hint: {}", printable(text));
}

/// Writes one line of JSON, as soon as it is there. Where nobody reads it any more, it is lost.
pub(crate) fn line(value: &Value) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{}", escaped(&value.to_string())).and_then(|()| out.flush());
}

/// Tells of something that is to be mended.
pub(crate) fn fault(text: &str) {
    eprintln!("{ERROR}to mend{ERROR:#}: {}", printable(text));
}

/// Prints a step as cargo prints its own: the verb and its object.
pub(crate) fn step(verb: &str, what: &str) {
    if !IS_QUIET.load(Ordering::Relaxed) {
        eprintln!("{STEP}{verb:>12}{STEP:#} {}", printable(what));
    }
}

/// Writes a result that is text.
pub(crate) fn text(text: &str) -> Result<(), Failure> {
    result(printable(text).as_bytes())
}

/// Writes a result as JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<(), Failure> {
    let json = serde_json::to_string_pretty(value).expect("text keys alone, and no odd numbers");
    result(format!("{}\n", escaped(&json)).as_bytes())
}

/// Writes a result as it is.
pub(crate) fn result(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(bytes).and_then(|()| out.flush());
    written.map_err(|source| Failure::file(Path::new("standard output"), source))
}

/// JSON whose texts hold nothing that a terminal acts on, which is the same to every reader.
fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if is_printable(c) {
            text.push(c);
        } else {
            let units = c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>();
            text.push_str(&units);
        }
    }
    text
}

/// How many columns a line of a result may take; `None` where it goes to a file or a program.
pub(crate) fn width() -> Option<u16> {
    let columns = || terminal_size::terminal_size().map(|(width, _)| width.0);
    std::io::stdout().is_terminal().then(columns).flatten()
}
