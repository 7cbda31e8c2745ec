//! What the models share: how one is run, a small library, a host that drives it through its C
//! symbols, and a ledger of what came of every call.
//!
//! A new model is a test that calls [`check`] with what the host does, on threads from [`spawn`].
//! What must hold of every schedule (see [`ledger`]) is asserted without being asked for.

#![allow(dead_code, reason = "each test binary uses its part")]

pub(crate) mod host;
pub(crate) mod ledger;
pub(crate) mod library;
mod symbols;

pub(crate) use host::Host;
pub(crate) use library::Make;
pub(crate) use shuttle::thread::{spawn, yield_now};

use shuttle::scheduler::{PctScheduler, RandomScheduler, Scheduler};
use shuttle::{Config, FailurePersistence, MaxSteps, Runner};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How many schedules of each model are tried where the environment does not say.
const SCHEDULES: usize = 2_000;

/// How many times the priorities change in a schedule of the first kind.
const DEPTH: usize = 3;

/// Deep enough for any schedule of these models that makes progress.
const STEPS: usize = 100_000;

/// Of a host's thread, in bytes; a debug build's frames are large.
const STACK: usize = 256 << 10;

/// The checker runs all of a model's threads on one thread, which only one model at a time may
/// be: the library's static is theirs.
static ONE_MODEL: Mutex<()> = Mutex::new(());

/// Runs `model` under many schedules: half of them with random priorities that change a few
/// times, which finds what takes a thread to be held up for long, the others random step by
/// step. The same seed gives the same schedules.
///
/// The environment may set `SCHEDULES` and `SEED`.
pub(crate) fn check(model: impl Fn() + Send + Sync + Clone + 'static) {
    let _alone = ONE_MODEL.lock().expect("an earlier model failed and left its contexts behind");
    let schedules = from_environment("SCHEDULES").unwrap_or(SCHEDULES).max(2);
    let seed = from_environment("SEED").unwrap_or(0) as u64;
    let half = schedules / 2;
    run(PctScheduler::new_from_seed(seed, DEPTH, half), 0, model.clone());
    run(RandomScheduler::new_from_seed(seed, schedules - half), half, model);
}

/// Lets time jump to the limit of the wait that reaches its own first, as often as said, each
/// time once there is such a wait; no longer once `is_over`. Gives how much has passed.
pub(crate) fn pass(times: usize, is_over: impl Fn() -> bool) -> Duration {
    let mut passed = Duration::ZERO;
    for _ in 0..times {
        while ffi_runtime::next_limit().is_none() {
            if is_over() {
                return passed;
            }
            yield_now();
        }
        if let Some(limit) = ffi_runtime::next_limit() {
            ffi_runtime::advance(limit);
            passed += limit;
        }
    }
    passed
}

/// Lets time jump to the first limit again and again, until `model` has run on a thread of its own
/// and none of the runtime's is left. A limit of days stands for none.
pub(crate) fn until_all_have_ended(model: impl FnOnce() + Send + 'static) {
    let is_over = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&is_over);
    let model = spawn(move || {
        model();
        seen.store(true, Ordering::SeqCst);
    });
    while !is_over.load(Ordering::SeqCst) || ffi_runtime::running() > 0 {
        let limit = ffi_runtime::next_limit().filter(|limit| *limit < Duration::from_secs(86_400));
        limit.into_iter().for_each(ffi_runtime::advance);
        yield_now();
    }
    model.join().expect("no panic");
}

/// Lets time jump as often as said, but not once `model` has run.
pub(crate) fn while_time_passes(times: usize, model: impl FnOnce()) {
    let is_over = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&is_over);
    let time = spawn(move || pass(times, || seen.load(Ordering::SeqCst)));
    model();
    is_over.store(true, Ordering::SeqCst);
    time.join().expect("no panic");
}

fn from_environment(name: &str) -> Option<usize> {
    let value = std::env::var(name).ok()?;
    Some(value.parse().unwrap_or_else(|_| panic!("{name} is to be a number, not {value}")))
}

fn run(scheduler: impl Scheduler + 'static, before: usize, model: impl Fn() + Send + Sync + 'static) {
    static BEGUN: AtomicUsize = AtomicUsize::new(0);
    BEGUN.store(before, Ordering::Relaxed);
    let mut config = Config::new();
    config.stack_size = STACK;
    config.max_steps = MaxSteps::FailAfter(STEPS);
    config.failure_persistence = FailurePersistence::None;
    config.silence_warnings = true;
    let schedule = move || {
        // The threads of the schedule before have ended by now, whatever they still did.
        ledger::close();
        BEGUN.fetch_add(1, Ordering::Relaxed);
        model();
        ledger::settle();
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| Runner::new(scheduler, config).run(schedule)));
    if let Err(panic) = outcome {
        let name = std::thread::current().name().unwrap_or_default().to_owned();
        // Told here too: while a thread of the model is inside a trap of the runtime's, the
        // runtime's panic hook keeps silent.
        let text = panic.downcast_ref::<String>().map_or("", |text| text);
        println!("model {name} failed in schedule {}: {text}", BEGUN.load(Ordering::Relaxed));
        resume_unwind(panic);
    }
    ledger::close();
}
