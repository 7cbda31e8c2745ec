//! What a hostile request takes grows as its length does. Instructions are counted: time would depend
//! on the machine.

mod counting;

use counting::{build, instructions};
use toolchain::test;

fn main() -> std::process::ExitCode {
    toolchain::main()
}

/// How often the pattern stands in the shortest of the requests that are compared.
const COUNT: u64 = 5_000;

#[test]
fn twice_the_length_takes_twice_as_long_and_no_more() {
    toolchain::need("valgrind");
    let program = build();
    for name in costs::hostile::names().chain(costs::collections::growing()) {
        // Of one repetition, between one length and its double: where work is quadratic, it doubles.
        let [short, long] = [COUNT, 2 * COUNT].map(|count| instructions(&program, name, count));
        println!("{name}: {short:.1} instructions, {long:.1} in a request of twice the length");
        assert!(short > 1.0, "{name}: nothing was read");
        assert!(long < 1.3 * short, "{name}: {short:.1} instructions each, {long:.1} in a longer request");
    }
}
