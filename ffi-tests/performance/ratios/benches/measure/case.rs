//! What is measured, against which floor, and which ratio is wanted.

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

/// Which ratio is wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Goal {
    /// Of the time to the floor's: at most this.
    TimeAtMost(f64),
    /// Of the throughput to the floor's: at least this.
    ThroughputAtLeast(f64),
}

impl Goal {
    /// The ratio of a case to its floor, each in time for one piece of work.
    pub(crate) fn ratio(self, case: f64, floor: f64) -> f64 {
        match self {
            Self::TimeAtMost(_) => case / floor,
            Self::ThroughputAtLeast(_) => floor / case,
        }
    }

    /// Whether a ratio is as wanted, rounded as it is shown.
    pub(crate) fn is_met(self, ratio: f64) -> bool {
        let shown = (ratio * 100.0).round() / 100.0;
        match self {
            Self::TimeAtMost(most) => shown <= most,
            Self::ThroughputAtLeast(least) => shown >= least,
        }
    }
}

/// One row of the table.
pub(crate) struct Case {
    /// What is measured.
    pub(crate) name: &'static str,
    pub(crate) work: Work,
    /// What it is measured against.
    pub(crate) floor_name: &'static str,
    pub(crate) floor: Work,
    pub(crate) goal: Goal,
    /// How many times as long as others its samples are.
    pub(crate) stretch: u32,
    /// Why the goal is not met, where that is known.
    pub(crate) reason: Option<&'static str>,
}

impl Case {
    /// A case whose time is to be at most so many times the floor's.
    pub(crate) fn new(name: &'static str, work: Work, (floor_name, floor): (&'static str, Work), most: f64) -> Self {
        Self { name, work, floor_name, floor, goal: Goal::TimeAtMost(most), stretch: 1, reason: None }
    }

    /// The reason that the table gives where the goal is not met.
    pub(crate) fn because(self, reason: &'static str) -> Self {
        Self { reason: Some(reason), ..self }
    }
}
