//! What a call costs in instructions, counted by valgrind: exact, and the same on a busy machine.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The compiler and the machine that the figures are for.
const COMPILER: &str = "rustc 1.95.0 (59807616e 2026-04-14)";
const MACHINE: &str = "x86_64";

/// How far a count may be from its figure, either way: what has become cheaper is recorded too.
const TOLERANCE: f64 = 0.02;

/// A count of calls, whose double is counted as well: what all calls share is in both.
const CALLS: u64 = 20_000;

/// What one case may cost, whatever compiles it.
enum Goal {
    None,
    Instructions(f64),
    /// So many times what another costs.
    Times(f64, &'static str),
}

/// One case, its instructions a call, and its goal.
const FIGURES: [(&str, f64, Goal); 9] = [
    ("pointer", 6.0, Goal::None),
    ("handle", 40.0, Goal::None),
    ("nothing", 253.7, Goal::Instructions(260.0)),
    ("alone", 261.1, Goal::None),
    ("timed", 3536.2, Goal::None),
    ("ready", 328.1, Goal::Times(1.3, "nothing")),
    ("pending", 620.9, Goal::Times(3.0, "nothing")),
    ("echo", 768.5, Goal::None),
    ("echo_cbor", 1906.4, Goal::None),
];

#[test]
fn a_call_costs_what_it_is_known_to() {
    if !has_valgrind() {
        return;
    }
    let program = build();
    let counts = FIGURES.map(|(case, ..)| (case, instructions(&program, case)));
    let count_of = |case| counts.iter().find(|(name, _)| *name == case).expect("it was counted").1;
    let is_recorded_for_this = version() == COMPILER && std::env::consts::ARCH == MACHINE;
    if !is_recorded_for_this {
        println!("ONLY THE GOALS ARE ASKED: the figures are of {COMPILER} on {MACHINE}");
    }
    let mut failures = Vec::new();
    for (case, figure, goal) in FIGURES {
        let count = count_of(case);
        println!("{case}: {count:.1} instructions a call, recorded {figure:.1}");
        let most = match goal {
            Goal::None => f64::INFINITY,
            Goal::Instructions(most) => most,
            Goal::Times(times, other) => times * count_of(other),
        };
        if count > most {
            failures.push(format!("{case}: {count:.1} instructions a call, and the goal is {most:.1}"));
        }
        if is_recorded_for_this && (count - figure).abs() > TOLERANCE * figure {
            failures.push(format!("{case}: {count:.1} instructions a call instead of {figure:.1}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The instructions of one call.
fn instructions(program: &Path, case: &str) -> f64 {
    let [once, twice] = [CALLS, 2 * CALLS].map(|count| total(program, case, count));
    (twice - once) as f64 / CALLS as f64
}

/// The instructions of a whole run.
fn total(program: &Path, case: &str, count: u64) -> i64 {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("callgrind.out");
    let mut valgrind = Command::new("valgrind");
    valgrind.arg("--tool=callgrind").arg(format!("--callgrind-out-file={}", out.display()));
    let run = valgrind.arg(program).args([case, &count.to_string()]).output().expect("valgrind runs");
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{case}: {said}");
    let collected = said.lines().find_map(|line| line.split_once("Collected :"));
    collected.expect("valgrind tells a total").1.trim().parse().expect("a number")
}

/// Builds the program as users build their libraries.
fn build() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("a folder in the target folder");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--locked", "--release", "-pffi-tests-costs", "--bin=measure", "--target-dir"]).arg(target);
    assert!(cargo.status().expect("cargo runs").success(), "the program is built");
    target.join("release/measure")
}

fn version() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or("rustc".into());
    let said = Command::new(rustc).arg("--version").output().expect("rustc runs");
    String::from_utf8_lossy(&said.stdout).trim().to_owned()
}

/// Whether there is valgrind. Where not, the test is skipped aloud, and fails in CI.
fn has_valgrind() -> bool {
    let has = Command::new("valgrind").arg("--version").stdout(Stdio::null()).status().is_ok_and(|it| it.success());
    assert!(has || std::env::var("CI").as_deref() != Ok("true"), "CI must have valgrind");
    if !has {
        eprintln!("SKIPPED: there is no valgrind");
    }
    has
}
