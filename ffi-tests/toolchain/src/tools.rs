//! The programs that tests need.

use crate::{Bounded as _, is_ci, missing, missing_in_part};
use std::collections::HashMap;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// What was asked already.
static KNOWN: Mutex<Option<HashMap<String, bool>>> = Mutex::new(None);

/// Ends the test as not run, unless this program is there.
pub fn need(program: &str) {
    if !has(program) {
        missing(format!("there is no {program}"));
    }
}

/// Whether this program is there, for a part of a test whose other parts do without. Where it is not, that is told at
/// the end; in CI it ends the test.
pub fn also(program: &str) -> bool {
    let has = has(program);
    let reason = format!("there is no {program}");
    match has {
        true => (),
        false if is_ci() => missing(reason),
        false => missing_in_part(&reason),
    }
    has
}

/// Whether this program is there and runs.
fn has(program: &str) -> bool {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let known = known.get_or_insert_default();
    *known.entry(program.to_owned()).or_insert_with(|| runs(program))
}

/// Whether the program does the least that it can. A tracer must be allowed to trace.
fn runs(program: &str) -> bool {
    let arguments: &[&str] = match program {
        "go" => &["version"],
        "strace" => &["-o", "/dev/null", "true"],
        _ => &["--version"],
    };
    Command::new(program).args(arguments).bounded().is_ok_and(|it| it.status.success())
}
