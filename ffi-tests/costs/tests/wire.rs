//! What the CBOR path costs, in instructions, of what ciborium takes for the same with serde's derives.

mod counting;

use counting::{build, instructions_of};
use toolchain::test;

fn main() -> std::process::ExitCode {
    toolchain::main()
}

const CALLS: u64 = 200;

/// A case, and the most that it may cost of what ciborium takes for it. Decoding charges each block that it takes.
const GOALS: [(&str, f64); 3] = [("encode", 0.30), ("decode", 0.27), ("decode_other", 1.15)];

#[test]
fn the_coder_costs_a_part_of_what_ciborium_does() {
    toolchain::need("valgrind");
    let program = build();
    let mut failures = Vec::new();
    for (case, goal) in GOALS {
        let [ours, theirs] = [case.to_owned(), format!("{case}_ciborium")]
            .map(|case| instructions_of(&program, &case, CALLS, &["--toggle-collect=costs::wire::counted_*"]));
        assert!(theirs > 1000.0, "{case}: the functions that are counted have other names");
        let ratio = ours / theirs;
        println!("{case}: {ours:.1} instructions, {theirs:.1} by ciborium: {ratio:.3}, the goal is {goal:.2}");
        if ratio > goal {
            failures.push(format!("{case}: {ratio:.3} of ciborium's instructions, and the goal is {goal:.2}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
