//! The one thread of a library that looks after calls that take long: it warns the host of
//! them, and answers those whose deadline passed while their worker is blocked.
//!
//! - It is started with the first context of a library that warns, or with the first call that
//!   has a deadline, and it ends with the last context.
//! - It wakes when something is due, so not at all while nothing is pending.
//! - A host that stays in a warning delays the warnings of the library's other contexts, but
//!   none of their answers.

use crate::alarms::{Alarm, Alarms, millis};
use crate::pending::Pending;
use crate::process::spawn;
use crate::sync::thread::JoinHandle;
use crate::sync::time::Instant;
use crate::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::io;

/// The watch of one library.
#[derive(Debug)]
pub(crate) struct Watch {
    /// The library's name.
    library: &'static str,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    alarms: Alarms<Arc<Pending>>,
    /// Contexts that have been begun and have not ended.
    contexts: usize,
    thread: Option<JoinHandle<()>>,
    /// How many threads were told to end.
    ended: u64,
    /// Until when the thread sleeps, where it does.
    sleeps_until: Option<Instant>,
}

impl Watch {
    pub(crate) const fn new(library: &'static str) -> Self {
        let state = State { alarms: Alarms::new(), contexts: 0, thread: None, ended: 0, sleeps_until: None };
        Self { library, state: Mutex::new(state), changed: Condvar::new() }
    }

    /// A context begins, which will need the thread where `is_needed`; balanced by
    /// [`Watch::leave`].
    ///
    /// # Errors
    /// The system's, where it gives no thread; the context may not begin.
    pub(crate) fn enter(&'static self, is_needed: bool) -> io::Result<()> {
        let mut state = self.lock();
        if is_needed {
            self.start(&mut state)?;
        }
        state.contexts += 1;
        Ok(())
    }

    /// A context has ended, with all its calls answered. Waits for the thread if it was the
    /// last.
    pub(crate) fn leave(&self) {
        let mut state = self.lock();
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

    /// Has the thread look after a call at a moment.
    pub(crate) fn set(&'static self, due: Instant, pending: Arc<Pending>) -> Alarm {
        let mut state = self.lock();
        // Where the system gives no thread now, it may with the next call. Until then the
        // workers keep the deadlines, unless they are blocked.
        let _ = self.start(&mut state);
        if state.sleeps_until.is_some_and(|until| due < until) {
            self.changed.notify_all();
        }
        state.alarms.set(due, pending)
    }

    /// Takes an alarm back.
    pub(crate) fn unset(&self, alarm: Alarm) {
        self.lock().alarms.unset(alarm);
    }

    fn start(&'static self, state: &mut State) -> io::Result<()> {
        if state.thread.is_none() {
            let ended = state.ended;
            state.sleeps_until = None;
            state.thread = Some(spawn(format!("{}-watch", self.library), move || self.run(ended))?);
        }
        Ok(())
    }

    /// The thread's life, until another thread is told to end after so many were.
    fn run(&self, ended: u64) {
        let mut state = self.lock();
        while state.ended == ended {
            let now = Instant::now();
            if let Some(pending) = state.alarms.take_due(now) {
                drop(state);
                pending.tend();
                drop(pending);
                state = self.lock();
            } else {
                let until = state.alarms.first().unwrap_or_else(|| now + millis(u64::MAX));
                state.sleeps_until = Some(until);
                let slept = self.changed.wait_timeout(state, until - now);
                state = slept.unwrap_or_else(PoisonError::into_inner).0;
                if state.ended == ended {
                    state.sleeps_until = None;
                }
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
