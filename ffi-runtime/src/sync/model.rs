//! The checker's forms of what the runtime shares and waits with.
//!
//! - Threads, locks and atomics are shuttle's: every use of one is a place where the schedule
//!   may go over to another thread.
//! - Time is a number that a model advances. A wait with a limit ends when the time has come.
//! - They have what the runtime uses of the standard library's, and grow with it.

mod condvar;
pub(crate) mod flume;
pub(crate) mod thread;
pub(crate) mod time;

pub(crate) use condvar::Condvar;
pub(crate) use shuttle::sync::{Arc, Mutex, MutexGuard, Weak, atomic};
pub(crate) use shuttle::thread_local;

use atomic::{AtomicBool, Ordering};

/// A cell that is set once.
#[derive(Debug)]
pub(crate) struct OnceLock<T> {
    value: std::sync::OnceLock<T>,
    /// Touched before the value, so that other threads may come first.
    turn: AtomicBool,
}

impl<T> OnceLock<T> {
    pub(crate) const fn new() -> Self {
        Self { value: std::sync::OnceLock::new(), turn: AtomicBool::new(false) }
    }

    pub(crate) fn get(&self) -> Option<&T> {
        self.turn.load(Ordering::SeqCst);
        self.value.get()
    }

    pub(crate) fn get_or_init(&self, make: impl FnOnce() -> T) -> &T {
        self.turn.load(Ordering::SeqCst);
        self.value.get_or_init(make)
    }
}
