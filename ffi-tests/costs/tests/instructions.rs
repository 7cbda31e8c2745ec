//! What a call costs in instructions, counted by valgrind: exact, and the same on a busy machine.

mod counting;

use counting::{COMPILER, MACHINE, TOLERANCE, build, has_valgrind, instructions, is_recorded_for_this};

/// A count of calls, whose double is counted as well: what all calls share is in both.
const CALLS: u64 = 20_000;

/// What one case may cost, whatever compiles it.
enum Goal {
    None,
    /// So many times what another costs.
    Times(f64, &'static str),
}

/// One case, its instructions a call, and its goal. Of those of `nothing` about 150 are flume's.
const FIGURES: [(&str, f64, Goal); 9] = [
    ("pointer", 6.0, Goal::None),
    ("handle", 44.0, Goal::None),
    ("nothing", 446.8, Goal::None),
    ("alone", 452.5, Goal::None),
    ("timed", 3820.4, Goal::None),
    ("ready", 519.0, Goal::Times(1.3, "nothing")),
    ("pending", 830.5, Goal::Times(3.0, "nothing")),
    ("echo", 1004.2, Goal::None),
    ("echo_cbor", 1301.4, Goal::None),
];

#[test]
fn a_call_costs_what_it_is_known_to() {
    if !has_valgrind() {
        return;
    }
    let program = build();
    let counts = FIGURES.map(|(case, ..)| (case, instructions(&program, case, CALLS)));
    let count_of = |case| counts.iter().find(|(name, _)| *name == case).expect("it was counted").1;
    let is_recorded_for_this = is_recorded_for_this();
    if !is_recorded_for_this {
        println!("ONLY THE GOALS ARE ASKED: the figures are of {COMPILER} on {MACHINE}");
    }
    let mut failures = Vec::new();
    for (case, figure, goal) in FIGURES {
        let count = count_of(case);
        println!("{case}: {count:.1} instructions a call, recorded {figure:.1}");
        let most = match goal {
            Goal::None => f64::INFINITY,
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
