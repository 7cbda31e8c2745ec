//! The watchdog of a library: one thread that fires timers. With them it warns the host of calls that take long,
//! answers those whose deadline passed while their worker is blocked, and tells listeners of workers that do not
//! respond.
//!
//! - It is started with the first context of a library that warns, with the first call that has
//!   a deadline or with the first listener, and it ends with the last context.
//! - It wakes when a timer is due: not at all while nothing is pending and nobody listens, nor
//!   while all workers sleep.
//! - A host that stays in a warning delays what this thread owes the library's other contexts:
//!   warnings, and the deadlines of workers that are blocked. What their workers owe it does not.

use super::timers::{Timer, Timers, millis};
use crate::process::spawn;
use crate::sync::thread::JoinHandle;
use crate::sync::time::Instant;
use crate::sync::{Arc, Condvar, Mutex, MutexGuard, lock, unpoisoned};
use crate::threads::{AtExit, ContextScope, Part};
use std::{fmt, io};

/// The watchdog of one library.
#[derive(Debug)]
pub(crate) struct Watchdog {
    /// The library's name.
    library: &'static str,
    state: Mutex<WatchdogState>,
    changed: Condvar,
}

/// What the watchdog fires.
pub(crate) trait Watched: Send + Sync {
    /// Runs on the watchdog's thread when a timer of this has come. Nothing is locked.
    fn fire(self: Arc<Self>);
}

// `Debug` as a bound would put the derived code of all that is watched into every built library.
impl fmt::Debug for dyn Watched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watched")
    }
}

#[derive(Debug)]
struct WatchdogState {
    timers: Timers<Arc<dyn Watched>>,
    /// Contexts that have been begun and have not ended.
    contexts: usize,
    thread: Option<JoinHandle<()>>,
    /// How many threads were told to end.
    ended: u64,
    /// Until when the thread sleeps, where it does.
    sleeps_until: Option<Instant>,
}

impl Watchdog {
    pub(crate) const fn new(library: &'static str) -> Self {
        let state = WatchdogState { timers: Timers::new(), contexts: 0, thread: None, ended: 0, sleeps_until: None };
        Self { library, state: Mutex::new(state), changed: Condvar::new() }
    }

    /// A context begins, which will need the thread where `is_needed`; balanced by
    /// [`Watchdog::leave`].
    ///
    /// # Errors
    /// The system's, where it gives no thread; the context may not begin.
    pub(crate) fn enter(&'static self, is_needed: bool) -> io::Result<()> {
        let mut state = self.state();
        if is_needed {
            self.start(&mut state)?;
        }
        state.contexts += 1;
        Ok(())
    }

    /// A context has ended, with all its calls answered. Waits for the thread if it was the
    /// last.
    pub(crate) fn leave(&self) {
        let mut state = self.state();
        state.contexts -= 1;
        if state.contexts > 0 {
            return;
        }
        let Some(thread) = state.thread.take() else { return };
        state.ended += 1;
        drop(state);
        self.changed.notify_all();
        // It runs nothing but the host's callbacks, whose unwinding aborts.
        let _ = thread.join();
    }

    /// Has the thread fire `watched` at a moment.
    pub(crate) fn set(&'static self, due: Instant, watched: Arc<dyn Watched>) -> Timer {
        let mut state = self.state();
        // Where the system gives no thread now, it may the next time. Until then the workers
        // keep the deadlines, unless they are blocked.
        let _ = self.start(&mut state);
        if state.sleeps_until.is_some_and(|until| due < until) {
            self.changed.notify_all();
        }
        state.timers.set(due, watched)
    }

    /// Takes a timer back.
    pub(crate) fn unset(&self, timer: Timer) {
        self.state().timers.unset(timer);
    }

    fn start(&'static self, state: &mut WatchdogState) -> io::Result<()> {
        if state.thread.is_none() {
            let ended = state.ended;
            state.sleeps_until = None;
            let thread = WatchdogThread(self);
            state.thread = Some(spawn(format!("{}-watch", self.library), move || thread.run(ended))?);
        }
        Ok(())
    }

    /// The thread's life, until another thread is told to end after so many were.
    fn run(&'static self, ended: u64) {
        let mut state = self.state();
        while state.ended == ended {
            let now = Instant::now();
            if let Some(due) = state.timers.take_due(now) {
                drop(state);
                due.fire();
                state = self.state();
            } else {
                let until = state.timers.first().unwrap_or_else(|| now + millis(u64::MAX));
                state.sleeps_until = Some(until);
                let slept = self.changed.wait_timeout(state, until - now);
                state = unpoisoned(slept).0;
                if state.ended == ended {
                    state.sleeps_until = None;
                }
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, WatchdogState> {
        lock(&self.state)
    }
}

/// The thread of a watchdog.
struct WatchdogThread(&'static Watchdog);

impl WatchdogThread {
    fn run(self, ended: u64) {
        let Self(watchdog) = &self;
        // SAFETY: it is dropped before `self`.
        let scope = unsafe { ContextScope::enter(std::ptr::from_ref(*watchdog).addr(), &self, Part::Other) };
        watchdog.run(ended);
        drop(scope);
    }
}

impl AtExit for WatchdogThread {
    /// Another thread takes its place.
    fn exits(&self, _part: Part) {
        let mut state = self.0.state();
        state.ended += 1;
        state.thread = None;
        // Where the system gives no thread now, it may for the next timer.
        let _ = self.0.start(&mut state);
    }
}
