//! Many calls on their way at once.

use crate::host::{Answers, Context, library, pipelined};
use crate::machine;
use crate::measure::{Case, Goal, Work};
use std::mem::size_of;
use std::sync::Barrier;
use std::thread;
use std::time::Instant;

pub(crate) fn cases(cores: &[usize]) -> Vec<Case> {
    let context = Context::create();
    let work = |method| pipelined(size_of::<i32>(), context.give(method));
    let floor = || ("`fn`, pipelined", work(library::benched_give));
    vec![
        Case::new("`async fn`, ready at once, pipelined", work(library::benched_give_ready), floor(), 1.3),
        Case::new("`async fn`, pending once, pipelined", work(library::benched_give_later), floor(), 3.0),
        Case {
            name: "throughput of 4 producers, all cores",
            work: producers(4, cores),
            floor_name: "throughput of 1",
            floor: producers(1, cores),
            goal: Goal::ThroughputAtLeast(0.9),
            // Threads come and go, and the scheduler takes its time to spread them.
            stretch: 8,
            reason: Some("on two cores, one producer and the worker leave none to a second producer"),
        },
    ]
}

/// Threads that share the calls, each with a pipeline of its own.
fn producers(count: u64, cores: &[usize]) -> Work {
    let context = machine::on(cores, Context::create);
    let cores = cores.to_vec();
    // Made once: answers are never freed.
    let answers: Vec<_> = (0..count).map(|_| Answers::new(Some(size_of::<i32>()))).collect();
    Box::new(move |times| {
        let start_line = Barrier::new(answers.len());
        let produce = |answers: &'static Answers| {
            machine::pin(&cores);
            start_line.wait();
            let start = Instant::now();
            answers.of_pipelined(times.div_ceil(count), context.give(library::benched_give));
            (start, Instant::now())
        };
        let spans: Vec<_> = thread::scope(|scope| {
            let threads: Vec<_> = answers.iter().map(|answers| scope.spawn(|| produce(answers))).collect();
            threads.into_iter().map(|thread| thread.join().expect("it calls")).collect()
        });
        let start = spans.iter().map(|span| span.0).min().expect("a producer");
        let end = spans.iter().map(|span| span.1).max().expect("a producer");
        end - start
    })
}
