//! Rounds: in each, the three do every row once, one right after the other, so that what disturbs the
//! machine for a while disturbs all three, or a few rounds.

use super::{Plan, Row, Work};
use std::time::{Duration, Instant};

/// How long one piece of a row's work took, in nanoseconds, a round after the other: ours, UniFFI's and
/// BoltFFI's.
pub(super) type Rounds = Vec<[f64; 3]>;

/// Measures the rows, whose rounds come in their order.
pub(super) fn measure(rows: &mut [Row], plan: &Plan) -> Vec<Rounds> {
    let start = Instant::now();
    let times: Vec<[u64; 3]> =
        rows.iter_mut().map(|row| row.works.each_mut().map(|work| times_in(work, plan.sample))).collect();
    let mut results = vec![Rounds::new(); rows.len()];
    for round in 0..plan.rounds {
        for ((row, times), rounds) in rows.iter_mut().zip(&times).zip(&mut results) {
            rounds.push(sample(row, times, round));
        }
        if start.elapsed() > plan.limit {
            break;
        }
    }
    results
}

/// Samples all three. Who is first changes from round to round: the next finds the caches and the clock
/// of the core as the one before left them.
fn sample(row: &mut Row, times: &[u64; 3], round: usize) -> [f64; 3] {
    let mut took = [0.0; 3];
    for turn in 0..3 {
        let who = (turn + round) % 3;
        took[who] = row.works[who](times[who]).as_secs_f64() * 1e9 / times[who] as f64;
    }
    took
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
