//! What a call costs in instructions, counted by valgrind: exact, and the same on a busy machine.

mod counting;

use counting::{COMPILER, MACHINE, TOLERANCE, build, instructions, is_recorded_for_this};
use toolchain::test;

fn main() -> std::process::ExitCode {
    toolchain::main()
}

/// A count of calls, whose double is counted as well: what all calls share is in both.
const CALLS: u64 = 20_000;

/// The same where much is inlined or not, which depends on as little as the folder that is built in.
const INLINED: f64 = 0.12;

/// What one case may cost, whatever compiles it.
enum Goal {
    None,
    /// So many times what another costs.
    Times(f64, &'static str),
}

/// One case, its instructions a call, how far a count may be from them, and its goal. Of
/// those of `nothing` about 150 are flume's.
const FIGURES: [(&str, f64, f64, Goal); 9] = [
    ("pointer", 6.0, TOLERANCE, Goal::None),
    ("handle", 44.0, TOLERANCE, Goal::None),
    ("nothing", 466.0, TOLERANCE, Goal::None),
    ("alone", 469.0, TOLERANCE, Goal::None),
    ("timed", 3937.0, INLINED, Goal::None),
    ("ready", 573.0, INLINED, Goal::Times(1.3, "nothing")),
    ("pending", 899.0, INLINED, Goal::Times(3.0, "nothing")),
    ("echo", 1027.0, TOLERANCE, Goal::None),
    ("echo_cbor", 1347.0, TOLERANCE, Goal::None),
];

#[test]
fn a_call_costs_what_it_is_known_to() {
    toolchain::need("valgrind");
    let program = build();
    let is_recorded_for_this = is_recorded_for_this();
    let counts = FIGURES.map(|(case, figure, tolerance, _)| {
        let mut runs = vec![instructions(&program, case, CALLS)];
        // A thread that is interrupted at a lock may look for it a few times more.
        if is_recorded_for_this && (runs[0] - figure).abs() > tolerance * figure {
            runs.extend([(); 2].map(|()| instructions(&program, case, CALLS)));
            runs.sort_by(f64::total_cmp);
        }
        (case, runs[runs.len() / 2])
    });
    let count_of = |case| counts.iter().find(|(name, _)| *name == case).expect("it was counted").1;
    if !is_recorded_for_this {
        println!("ONLY THE GOALS ARE ASKED: the figures are of {COMPILER} on {MACHINE}");
    }
    let mut failures = Vec::new();
    for (case, figure, tolerance, goal) in FIGURES {
        let count = count_of(case);
        println!("{case}: {count:.1} instructions a call, recorded {figure:.1}");
        let most = match goal {
            Goal::None => f64::INFINITY,
            Goal::Times(times, other) => times * count_of(other),
        };
        if count > most {
            failures.push(format!("{case}: {count:.1} instructions a call, and the goal is {most:.1}"));
        }
        if is_recorded_for_this && (count - figure).abs() > tolerance * figure {
            failures.push(format!("{case}: {count:.1} instructions a call instead of {figure:.1}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
