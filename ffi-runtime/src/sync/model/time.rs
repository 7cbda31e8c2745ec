//! Time, which passes when a model says so.

use shuttle::sync::Arc;
use shuttle::thread::{self, ThreadId};
use std::ops::{Add, Sub};
use std::sync::{Mutex, MutexGuard, PoisonError};
pub(crate) use std::time::Duration;

static CLOCK: Mutex<Clock> = Mutex::new(Clock { now: Instant(Duration::ZERO), jam: None, waits: Vec::new() });

struct Clock {
    now: Instant,
    /// Whose look at the clock is to panic, after so many more of its looks.
    jam: Option<(ThreadId, usize)>,
    /// The waits with a limit that are under way.
    waits: Vec<Arc<Wait>>,
}

struct Wait {
    end: Instant,
    sleeper: Sleeper,
}

/// What wakes a wait.
pub(super) enum Sleeper {
    Thread(thread::Thread),
    Condvar(Arc<shuttle::sync::Condvar>),
}

impl Sleeper {
    fn wake(&self) {
        match self {
            Self::Thread(thread) => thread.unpark(),
            Self::Condvar(condvar) => condvar.notify_all(),
        }
    }
}

/// Held for no scheduling point, so that no other thread finds it held.
fn clock() -> MutexGuard<'static, Clock> {
    CLOCK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lets time pass. Returns when every wait whose time has come has ended.
pub fn advance(by: Duration) {
    let mut clock = clock();
    clock.now = clock.now + by;
    let now = clock.now;
    drop(clock);
    while let Some(due) = due_at(now) {
        // More than once if need be: a thread may be about to sleep and miss it.
        due.sleeper.wake();
        thread::yield_now();
    }
}

/// Has this thread panic when it looks at the clock once more after `looks` looks, as a runtime does
/// that the author's code broke.
pub fn jam(looks: usize) {
    let thread = thread::current().id();
    clock().jam = Some((thread, looks));
}

/// Takes back what [`jam`] asked for; whether it had not come yet.
pub fn unjam() -> bool {
    clock().jam.take().is_some()
}

/// Counts a look of this thread's; whether it is to panic.
fn is_jammed() -> bool {
    if clock().jam.is_none() {
        return false;
    }
    let this_thread = thread::current().id();
    let mut clock = clock();
    match &mut clock.jam {
        Some((thread, 0)) if *thread == this_thread => {
            clock.jam = None;
            true
        }
        Some((thread, looks)) if *thread == this_thread => {
            *looks -= 1;
            false
        }
        _ => false,
    }
}

/// How long it is until the first of the waits under way reaches its limit.
pub fn next_limit() -> Option<Duration> {
    let clock = clock();
    let first = clock.waits.iter().map(|wait| wait.end).min()?;
    Some(first.saturating_duration_since(clock.now))
}

fn due_at(now: Instant) -> Option<Arc<Wait>> {
    clock().waits.iter().find(|wait| wait.end <= now).cloned()
}

/// While it lives, a wait ends at the latest when its time has come.
pub(super) struct Limit(Arc<Wait>);

impl Limit {
    pub(super) fn begin(after: Duration, sleeper: Sleeper) -> Self {
        let mut clock = clock();
        let wait = Arc::new(Wait { end: clock.now + after, sleeper });
        clock.waits.push(Arc::clone(&wait));
        Self(wait)
    }

    pub(super) fn is_over(&self) -> bool {
        clock().now >= self.0.end
    }
}

impl Drop for Limit {
    fn drop(&mut self) {
        clock().waits.retain(|wait| !Arc::ptr_eq(wait, &self.0));
    }
}

/// A moment of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Instant(Duration);

impl Instant {
    pub(crate) fn now() -> Self {
        if is_jammed() {
            // Past the checker's panic hook, which would take it for the model's failure.
            std::panic::resume_unwind(Box::new("the clock is jammed"));
        }
        clock().now
    }

    pub(crate) fn elapsed(self) -> Duration {
        Self::now().saturating_duration_since(self)
    }

    pub(crate) fn saturating_duration_since(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }
}

impl Add<Duration> for Instant {
    type Output = Self;

    fn add(self, later: Duration) -> Self {
        Self(self.0 + later)
    }
}

impl Sub for Instant {
    type Output = Duration;

    fn sub(self, earlier: Self) -> Duration {
        self.saturating_duration_since(earlier)
    }
}
