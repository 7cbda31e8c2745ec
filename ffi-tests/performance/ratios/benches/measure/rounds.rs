//! Rounds: in each, every case and its floor is sampled once, one right after the other.

use super::{Case, Goal, Work};
use std::time::{Duration, Instant};

/// How much is measured.
pub(crate) struct Plan {
    pub(crate) rounds: usize,
    /// How long a sample takes, about.
    pub(crate) sample: Duration,
    /// When no further round begins.
    pub(crate) limit: Duration,
    /// Whether the table is worth keeping.
    pub(crate) is_kept: bool,
}

impl Plan {
    /// Enough rounds for medians that come out alike in the next run.
    pub(crate) const FULL: Self =
        Self { rounds: 400, sample: Duration::from_millis(1), limit: Duration::from_secs(150), is_kept: true };
    /// Enough to see that everything runs; the figures say little.
    pub(crate) const QUICK: Self =
        Self { rounds: 2, sample: Duration::from_micros(200), limit: Duration::from_secs(30), is_kept: false };
}

/// What came of a case.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) floor_name: &'static str,
    pub(crate) goal: Goal,
    pub(crate) reason: Option<&'static str>,
    /// The ratios of all rounds, in order.
    pub(crate) ratios: Vec<f64>,
    /// The floor's times for one piece of work, in nanoseconds and in order.
    pub(crate) floors: Vec<f64>,
}

/// Measures the cases, whose rows come in their order.
pub(crate) fn measure(cases: &mut [Case], plan: &Plan) -> Vec<Row> {
    let start = Instant::now();
    let mut contests: Vec<_> = cases.iter_mut().map(|case| Contest::new(case, plan.sample)).collect();
    for round in 0..plan.rounds {
        for contest in &mut contests {
            contest.sample(round);
        }
        if start.elapsed() > plan.limit {
            break;
        }
    }
    contests.into_iter().map(Contest::into_row).collect()
}

/// A case against its floor, and how they did so far.
struct Contest<'a> {
    case: &'a mut Case,
    work_times: u64,
    floor_times: u64,
    ratios: Vec<f64>,
    floors: Vec<f64>,
}

impl<'a> Contest<'a> {
    fn new(case: &'a mut Case, sample: Duration) -> Self {
        let sample = sample * case.stretch;
        let work_times = times_in(&mut case.work, sample);
        let floor_times = times_in(&mut case.floor, sample);
        Self { case, work_times, floor_times, ratios: Vec::new(), floors: Vec::new() }
    }

    /// Samples both sides. Who is first changes from round to round: the second finds the caches
    /// and the clock of the core as the first left them.
    fn sample(&mut self, round: usize) {
        let Case { work, floor, goal, .. } = &mut *self.case;
        let (work, floor) = if round.is_multiple_of(2) {
            let floor = nanoseconds(floor, self.floor_times);
            (nanoseconds(work, self.work_times), floor)
        } else {
            (nanoseconds(work, self.work_times), nanoseconds(floor, self.floor_times))
        };
        self.ratios.push(goal.ratio(work, floor));
        self.floors.push(floor);
    }

    fn into_row(mut self) -> Row {
        self.ratios.sort_by(f64::total_cmp);
        self.floors.sort_by(f64::total_cmp);
        let Case { name, floor_name, goal, reason, .. } = *self.case;
        Row { name, floor_name, goal, reason, ratios: self.ratios, floors: self.floors }
    }
}

/// How often work is done in about this time. Doing it to find out warms it up. The fastest of a few
/// tries says how long it takes, as another process may have had the core in the others.
fn times_in(work: &mut Work, sample: Duration) -> u64 {
    let mut times = 1;
    loop {
        let took = (0..5).map(|_| work(times)).min().unwrap_or_default();
        if took * 2 >= sample {
            let share = sample.as_secs_f64() / took.as_secs_f64();
            return ((times as f64 * share) as u64).max(1);
        }
        times *= 2;
    }
}

/// How long one piece of work took.
fn nanoseconds(work: &mut Work, times: u64) -> f64 {
    work(times).as_secs_f64() * 1e9 / times as f64
}
