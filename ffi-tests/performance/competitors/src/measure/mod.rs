//! Rounds, and the table that comes of them.

mod rounds;
mod table;

use std::env;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Work that can be done any number of times: it does it so often, and says how long that took.
pub(crate) type Work = Box<dyn FnMut(u64) -> Duration>;

/// Work that is done by calling a function again and again.
pub(crate) fn repeat<R>(mut once: impl FnMut() -> R + 'static) -> Work {
    Box::new(move |times| {
        let start = Instant::now();
        for _ in 0..times {
            black_box(once());
        }
        start.elapsed()
    })
}

/// One row of the table: the same work by ours, by UniFFI and by BoltFFI.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) works: [Work; 3],
}

/// How much is measured.
pub(crate) struct Plan {
    rounds: usize,
    /// How long a sample takes, about.
    sample: Duration,
    /// When no further round begins.
    limit: Duration,
    /// A part of the names of the rows that are wanted.
    pub(crate) word: String,
}

impl Plan {
    /// What the command line asks for.
    ///
    /// # Panics
    /// Panics where there is an option that it does not know.
    pub(crate) fn from_args() -> Self {
        let (seconds, millis) = (Duration::from_secs, Duration::from_millis);
        let mut plan = Self { rounds: 300, sample: millis(1), limit: seconds(120), word: String::new() };
        for argument in env::args().skip(1) {
            match argument.as_str() {
                "--quick" => plan.rounds = 2,
                option if option.starts_with('-') => panic!("{option} is unknown: there is --quick"),
                word => word.clone_into(&mut plan.word),
            }
        }
        plan
    }
}

/// Measures the rows, and shows the table.
pub(crate) fn run(rows: &mut [Row], plan: &Plan) {
    let results = rounds::measure(rows, plan);
    table::show(rows, &results);
}
