//! What a call costs that crosses no thread: its entry point's instructions, with all that it calls
//! but the caller's own.

mod counting;

use counting::{TOLERANCE, build, instructions_of, is_recorded_for_this};
use toolchain::test;

fn main() -> std::process::ExitCode {
    toolchain::main()
}

/// A case, the symbol that is counted, its instructions, and the most that they may be. Of those of `sum` some ten
/// tell the panic hook whose code runs: a panic of the callback is not one of the function.
const FIGURES: [(&str, &str, f64, f64); 4] = [
    ("bare_plus", "*bare_plus*", 2.0, 2.0),
    ("plus", "costs_plus", 20.0, 45.0),
    ("sum", "costs_sum", 51.0, 55.0),
    ("text", "costs_text", 309.0, f64::INFINITY),
];

const CALLS: u64 = 20_000;

#[test]
fn a_call_that_stays_here_costs_what_it_is_known_to() {
    toolchain::need("valgrind");
    let program = build();
    let mut failures = Vec::new();
    for (case, symbol, figure, goal) in FIGURES {
        let count = instructions_of(&program, case, CALLS, &[&format!("--toggle-collect={symbol}")]);
        println!("{case}: {count:.1} instructions a call, recorded {figure:.1}, and the goal is {goal:.1}");
        if count > goal || (is_recorded_for_this() && (count - figure).abs() > TOLERANCE * figure) {
            failures.push(format!("{case}: {count:.1} instructions a call instead of {figure:.1}, at most {goal:.1}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
