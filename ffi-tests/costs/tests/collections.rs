//! What reading a map costs beside inserting its entries, in instructions.

mod counting;

use counting::{build, instructions_of};
use toolchain::test;

fn main() -> std::process::ExitCode {
    toolchain::main()
}

/// How often all entries are read.
const READ: u64 = 10;

/// The most that reading may cost for each instruction of inserting the same.
const MOST: f64 = 1.5;

#[test]
fn reading_a_map_costs_hardly_more_than_inserting_its_entries() {
    toolchain::need("valgrind");
    let program = build();
    let mut failures = Vec::new();
    for what in ["numbers", "texts", "table"] {
        let [read, inserted] = ["decode", "insert"].map(|way| {
            let case = format!("{way}_{what}");
            instructions_of(&program, &case, READ, &[&format!("--toggle-collect=costs::collections::counted_{case}*")])
                / costs::collections::ENTRIES as f64
        });
        assert!(inserted > 10.0, "{what}: the functions that are counted have other names");
        println!("{what}: {read:.1} instructions to read an entry, {inserted:.1} to insert it: {:.2}", read / inserted);
        if read > MOST * inserted {
            failures.push(format!("{what}: {read:.1} instructions for an entry, and inserting it takes {inserted:.1}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
