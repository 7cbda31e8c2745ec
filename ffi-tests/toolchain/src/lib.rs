//! Runs the tests that need tools which may not be there: compilers, interpreters, valgrind.
//!
//! - A test whose tool is missing is `ignored`, with the reason, and counted at the end of its file; it never
//!   prints `ok`. With `CI=true` it fails.
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
pub use tools::need;

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use std::any::Any;
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

/// Why tests of this file were not run.
static MISSED: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Ends the test that calls this, on its own thread: the machine lacks something.
pub fn missing(reason: impl Into<String>) -> ! {
    // Unlike a panic, this prints nothing; another harness takes it for a failure.
    resume_unwind(Box::new(Missing(reason.into())))
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
    let mut missed = MISSED.lock().unwrap_or_else(PoisonError::into_inner);
    missed.sort();
    if !missed.is_empty() {
        eprintln!("{} tests did not run, because the machine lacks something:", missed.len());
        missed.iter().for_each(|it| eprintln!("    {it}"));
        eprintln!();
    }
    conclusion.exit_code()
}

fn trial(test: &'static Test) -> Trial {
    let name = test.path.split_once("::").map_or(test.path, |(_, name)| name);
    Trial::ignorable_test(name, move || outcome(name, test.run)).with_ignored_flag(test.is_ignored)
}

fn outcome(name: &str, run: fn()) -> Result<Completion, Failed> {
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
