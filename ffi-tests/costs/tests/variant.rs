//! What a variant costs natively beside a record of the same fields, in instructions.

mod counting;

use counting::{build, instructions_of};
use toolchain::test;

fn main() -> std::process::ExitCode {
    toolchain::main()
}

const CALLS: u64 = 2_000;

/// What is done to numbers, and to a text beside one, and how many instructions more a variant may take than a record
/// of its fields: for the tag, which is found or checked. Beside a text the level of nesting is no longer in a register
/// where the variants meet again, and what mirrors one is no longer inlined.
const WAYS: [(&str, f64); 4] = [("read", 10.0), ("mirror", 10.0), ("read_text", 16.0), ("mirror_text", 23.0)];

#[test]
fn a_variant_costs_hardly_more_than_a_record_of_its_fields() {
    toolchain::need("valgrind");
    let program = build();
    let mut failures = Vec::new();
    for (way, beside) in WAYS {
        let [record, variant] = ["record", "variant"].map(|what| {
            let case = format!("{way}_{what}");
            instructions_of(&program, &case, CALLS, &[&format!("--toggle-collect=costs::variant::counted_{case}*")])
        });
        assert!(record > 10.0, "{way}: the functions that are counted have other names");
        println!("{way}: {record:.1} instructions of a record, {variant:.1} of a variant");
        if variant > record + beside {
            failures.push(format!("{way}: {variant:.1} instructions, and a record takes {record:.1}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
