//! The teardown latch of a context: its end waits for the callbacks that are in flight outside its worker, and
//! for the worker itself.

use super::reentrancy::{AtExit, ContextId, ContextScope, Part};
use crate::sync::time::Instant;
use crate::sync::{Arc, Condvar, Mutex, MutexGuard, lock, unpoisoned};

/// Counts what the end of one context waits for.
#[derive(Debug, Default)]
pub(crate) struct TeardownLatch {
    state: Mutex<LatchState>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct LatchState {
    /// Callbacks that run on other threads than the worker.
    in_flight: usize,
    /// Whether the worker is done with everything.
    has_ended: bool,
    /// Whether a thread that the end waits for is inside `exit`.
    never_ends: bool,
}

impl TeardownLatch {
    /// What stands for the context in the re-entrancy record.
    pub(crate) fn context_id(self: &Arc<Self>) -> ContextId {
        Arc::as_ptr(self).addr()
    }

    /// A callback is about to run on this thread; the end of the context waits until the guard
    /// is dropped. Only for what keeps the context from ending until this returns: a caller
    /// inside its slot, a call that is not answered.
    pub(crate) fn begin_callback(self: &Arc<Self>) -> InFlight {
        self.state().in_flight += 1;
        // SAFETY: what is returned holds the latch, and drops the scope before it.
        let scope = unsafe { ContextScope::enter(self.context_id(), &**self, Part::Other) };
        InFlight { _scope: scope, latch: Arc::clone(self) }
    }

    /// Waits for the callbacks that run elsewhere, and until nobody `is_staying`; who
    /// changes that calls [`TeardownLatch::notify`].
    pub(crate) fn await_callbacks(&self, is_staying: impl Fn() -> bool) {
        drop(self.changed.wait_while(self.state(), |state| state.in_flight > 0 || is_staying()));
    }

    /// The worker is done with everything.
    pub(crate) fn end(&self) {
        self.state().has_ended = true;
        self.changed.notify_all();
    }

    /// A thread that the end waits for is inside `exit`.
    pub(crate) fn give_up(&self) {
        self.state().never_ends = true;
        self.changed.notify_all();
    }

    /// Whether the end never comes, because a thread that it waits for is inside `exit`.
    pub(crate) fn never_ends(&self) -> bool {
        self.state().never_ends
    }

    /// Waits until the worker is done, or never will be, or something `is_ready` to run, at most until `latest`;
    /// whether the worker is done. Who makes it so calls [`TeardownLatch::notify`].
    pub(crate) fn await_end(&self, latest: Instant, is_ready: impl Fn() -> bool) -> bool {
        let left = latest.saturating_duration_since(Instant::now());
        let is_waited_for = |state: &mut LatchState| !state.has_ended && !state.never_ends && !is_ready();
        let waited = self.changed.wait_timeout_while(self.state(), left, is_waited_for);
        unpoisoned(waited).0.has_ended
    }

    /// Has whoever waits look again.
    pub(crate) fn notify(&self) {
        drop(self.state());
        self.changed.notify_all();
    }

    fn end_callback(&self) {
        self.state().in_flight -= 1;
        self.changed.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, LatchState> {
        lock(&self.state)
    }
}

/// A callback that runs outside the worker.
#[derive(Debug)]
pub(crate) struct InFlight {
    _scope: ContextScope,
    latch: Arc<TeardownLatch>,
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.latch.end_callback();
    }
}

impl AtExit for TeardownLatch {
    /// The thread does not come back to the context.
    fn exits(&self, _part: Part) {
        self.end_callback();
    }
}
