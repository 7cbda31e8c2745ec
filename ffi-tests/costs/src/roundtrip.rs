//! How long a call takes from one thread to the worker and back, where the caller looks for the
//! answer without sleeping. To be run on two processors, and with `taskset -c 0` on one.

use costs::host::{Call, Ctx, EAGER, call_and_wait, call_of, create, create_eager};
use std::time::{Duration, Instant};

const ROUNDS: u32 = 20_000;

fn main() {
    let plain = call_of("nothing").expect("it is one of the calls");
    report("sleeping at once", create(), plain);
    report("looking for 20 us", create_eager(), EAGER);
}

fn report(name: &str, ctx: Ctx, call: Call) {
    (0..1_000).for_each(|_| call_and_wait(ctx, call));
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            call_and_wait(ctx, call);
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    println!("{name}: {:?} median, {:?} of 99 in 100", at(50), at(99));
}
