//! Waiting as the kernel offers it.

use std::ptr;
use std::sync::atomic::{AtomicU32, Ordering};

/// What the word is while a thread sleeps until it is set.
const ASLEEP: u32 = u32::MAX;

/// A word that one thread sets and another waits for.
pub(crate) struct Word(AtomicU32);

impl Word {
    pub(crate) const fn new() -> Self {
        Self(AtomicU32::new(0))
    }

    /// Sets it to what is neither 0 nor [`ASLEEP`], and wakes who sleeps.
    pub(crate) fn set(&self, value: u32) {
        if self.0.swap(value, Ordering::AcqRel) == ASLEEP {
            self.call(libc::FUTEX_WAKE, 1);
        }
    }

    /// Waits until it is set, and unsets it.
    pub(crate) fn take(&self) -> u32 {
        if self.0.compare_exchange(0, ASLEEP, Ordering::AcqRel, Ordering::Acquire).is_ok() {
            while self.0.load(Ordering::Acquire) == ASLEEP {
                self.call(libc::FUTEX_WAIT, ASLEEP);
            }
        }
        self.0.swap(0, Ordering::AcqRel)
    }

    fn call(&self, operation: libc::c_int, value: u32) {
        let operation = operation | libc::FUTEX_PRIVATE_FLAG;
        let no_timeout = ptr::null::<libc::timespec>();
        // SAFETY: the word is there for as long as the call, and there is no timeout to be read.
        unsafe { libc::syscall(libc::SYS_futex, self.0.as_ptr(), operation, value, no_timeout) };
    }
}
