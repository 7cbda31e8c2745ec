//! How fast the boundary is: every figure is a ratio to a floor, which is what the same work takes
//! without the boundary.
//!
//! - A round samples each case and its floor, one right after the other, and forms their ratio.
//!   The table has the median of these ratios and their quartiles, so what disturbs the machine
//!   for a while disturbs both sides, or a few rounds.
//! - The library is reached through its C symbols alone, by pointers that the optimiser cannot see
//!   through, as a host that loads it would.
//! - Every answer is counted and its size checked.
//!
//! `cargo bench -p ffi-tests` measures and writes the table; after `--`:
//!
//! - `--quick` takes two short rounds, to see that everything runs;
//! - `--criterion` reports absolute times of the same cases and floors instead;
//! - a word takes only the cases that have it in their name.

#[cfg(target_os = "linux")]
mod cases;
#[cfg(target_os = "linux")]
mod host;
#[cfg(target_os = "linux")]
mod machine;
#[cfg(target_os = "linux")]
mod measure;

// The runtime's own, which are private there. They are measured as they are compiled there.
#[cfg(target_os = "linux")]
#[allow(unused, reason = "only a part of them is measured")]
#[path = "../../../ffi-runtime/src/context/gate.rs"]
mod gate;
#[cfg(target_os = "linux")]
#[allow(unused, reason = "only a part of them is measured")]
#[path = "../../../ffi-runtime/src/context/slots.rs"]
mod slots;
#[cfg(target_os = "linux")]
#[allow(unused, reason = "only a part of them is measured")]
#[rustfmt::skip] // It would look for the models' part, which is left out here, in the wrong place.
#[path = "../../../ffi-runtime/src/sync.rs"]
mod sync;

/// Says that there is nothing to measure with: the floors are made of Linux's futexes.
#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("the benches measure on Linux only");
}

#[cfg(target_os = "linux")]
fn main() {
    use measure::{Options, View};

    let options = Options::from_args();
    let cases = || cases::all().into_iter().filter(|case| options.takes(case)).collect::<Vec<_>>();
    match &options.view {
        View::Nothing => eprintln!("nothing is measured but by `cargo bench`"),
        View::Ratios(plan) => measure::ratios(&mut cases(), plan),
        View::Times => measure::times(cases()),
    }
}
