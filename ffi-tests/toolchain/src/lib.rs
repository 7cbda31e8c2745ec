//! Runs the tests that need tools which may not be there: compilers, interpreters, valgrind.
//!
//! - A test whose tool is missing is `ignored`, with the reason, and counted at the end of its file; it never
//!   prints `ok`. One that ran in part, since a second tool is missing, is counted there too. With `CI=true` both fail.
//! - What can be set up is: a virtual environment of Python under `target/`, from pinned requirements.
//! - A program that a test runs has a bound on its time, and the signals' default dispositions.
//!
//! A file of such tests has `harness = false` in its `Cargo.toml`, imports [`test`] and calls [`main`]:
//!
//! ```no_run
//! use toolchain::test;
//!
//! fn main() -> std::process::ExitCode {
//!     toolchain::main()
//! }
//!
//! #[test]
//! fn it_compiles() {
//!     toolchain::need("cc");
//! }
//! ```

mod bounded;
mod python;
mod registry;
mod tools;

pub use bounded::Bounded;
pub use inventory;
pub use python::{environment, python_tools};
pub use registry::{need_npm, need_pypi};
pub use toolchain_macros::test;
pub use tools::{also, need};

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use std::any::Any;
use std::cell::Cell;
use std::panic::{catch_unwind, resume_unwind};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

/// A function with [`test`].
#[derive(Debug)]
pub struct Test {
    /// Its path, which begins with the crate.
    pub path: &'static str,
    /// The function.
    pub run: fn(),
    /// Whether it runs only where that is asked for.
    pub is_ignored: bool,
}

inventory::collect!(Test);

/// What a test needs and the machine lacks.
struct Missing(String);

/// Why tests of this file were not run, and why some were run in part.
static MISSED: Mutex<Vec<String>> = Mutex::new(Vec::new());
static IN_PART: Mutex<Vec<String>> = Mutex::new(Vec::new());

thread_local! {
    /// The test that runs on this thread.
    static NAME: Cell<&'static str> = const { Cell::new("") };
}

/// Ends the test that calls this, on its own thread: the machine lacks something.
pub fn missing(reason: impl Into<String>) -> ! {
    // Unlike a panic, this prints nothing; another harness takes it for a failure.
    resume_unwind(Box::new(Missing(reason.into())))
}

/// Notes that a part of the test that calls this cannot be run.
fn missing_in_part(reason: &str) {
    IN_PART.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{}: {reason}", NAME.get()));
}

/// Whether a missing tool is a failure.
fn is_ci() -> bool {
    std::env::var("CI").as_deref() == Ok("true")
}

/// Runs the tests of this file as the command line says, which is that of the compiler's own harness.
pub fn main() -> ExitCode {
    let mut tests: Vec<&Test> = inventory::iter::<Test>().collect();
    tests.sort_by_key(|test| test.path);
    let conclusion = libtest_mimic::run(&Arguments::from_args(), tests.into_iter().map(trial).collect());
    tell(&MISSED, "tests did not run, because the machine lacks something");
    tell(&IN_PART, "tests ran in part alone, because the machine lacks something");
    conclusion.exit_code()
}

/// Tells how many tests these are, and why.
fn tell(tests: &Mutex<Vec<String>>, what: &str) {
    let mut tests = tests.lock().unwrap_or_else(PoisonError::into_inner);
    tests.sort();
    tests.dedup();
    if !tests.is_empty() {
        eprintln!("{} {what}:", tests.len());
        tests.iter().for_each(|it| eprintln!("    {it}"));
        eprintln!();
    }
}

fn trial(test: &'static Test) -> Trial {
    let name = test.path.split_once("::").map_or(test.path, |(_, name)| name);
    Trial::ignorable_test(name, move || outcome(name, test.run)).with_ignored_flag(test.is_ignored)
}

fn outcome(name: &'static str, run: fn()) -> Result<Completion, Failed> {
    NAME.set(name);
    let Err(payload) = catch_unwind(run) else { return Ok(Completion::Completed) };
    match payload.downcast::<Missing>() {
        Ok(missing) if is_ci() => Err(format!("with CI=true nothing may be missing: {}", missing.0).into()),
        Ok(missing) => {
            MISSED.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{name}: {}", missing.0));
            Ok(Completion::ignored_with(missing.0))
        }
        Err(payload) => Err(text(&*payload).into()),
    }
}

/// The text of a panic.
fn text(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|it| (*it).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic without a text".to_owned())
}
