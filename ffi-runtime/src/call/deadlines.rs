//! The deadlines of one context's calls, as its worker keeps them.

use crate::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use crate::sync::time::Instant;
use crate::sync::{Arc, Mutex, MutexGuard, lock};
use crate::timing::{Timer, Timers};

/// A call that is answered when its deadline has passed.
pub(crate) trait Expires {
    /// Its deadline has passed.
    fn expire(&self);
}

/// The calls of one context that have a deadline and are not answered.
#[derive(Debug)]
pub(crate) struct Deadlines<C> {
    timers: Mutex<Timers<Arc<C>>>,
    /// How many there are.
    count: AtomicUsize,
    /// Whether one passed whose request or handler the worker has not looked for since.
    has_passed: AtomicBool,
}

impl<C: Expires> Deadlines<C> {
    pub(crate) fn new() -> Self {
        Self { timers: Mutex::new(Timers::new()), count: AtomicUsize::new(0), has_passed: AtomicBool::new(false) }
    }

    /// When the first ends.
    #[inline]
    pub(crate) fn first(&self) -> Option<Instant> {
        if self.count.load(Ordering::Acquire) == 0 { None } else { self.timers().first() }
    }

    /// Answers the calls whose deadline has passed. Whether any was answered for that, here or
    /// by the watchdog, since this was last asked.
    #[inline]
    pub(crate) fn expire(&self) -> bool {
        // Asked before every request: most contexts never have a deadline.
        let is_quiet = self.count.load(Ordering::Acquire) == 0 && !self.has_passed.load(Ordering::Relaxed);
        !is_quiet && self.expire_those_due()
    }

    fn expire_those_due(&self) -> bool {
        if self.first().is_some_and(|first| first <= Instant::now()) {
            while let Some(call) = self.take_due() {
                call.expire();
            }
        }
        self.has_passed.load(Ordering::Relaxed) && self.has_passed.swap(false, Ordering::AcqRel)
    }

    fn take_due(&self) -> Option<Arc<C>> {
        let due = self.timers().take_due(Instant::now())?;
        self.count.fetch_sub(1, Ordering::AcqRel);
        Some(due)
    }

    pub(super) fn set(&self, deadline: Instant, call: Arc<C>) -> Timer {
        self.count.fetch_add(1, Ordering::AcqRel);
        self.timers().set(deadline, call)
    }

    pub(super) fn unset(&self, timer: Timer) {
        if self.timers().unset(timer) {
            self.count.fetch_sub(1, Ordering::AcqRel);
        }
    }

    /// The deadline of a call has passed, so that the worker must look for it.
    pub(super) fn note_passed(&self) {
        self.has_passed.store(true, Ordering::Release);
    }

    /// How many there are.
    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }

    fn timers(&self) -> MutexGuard<'_, Timers<Arc<C>>> {
        lock(&self.timers)
    }
}
