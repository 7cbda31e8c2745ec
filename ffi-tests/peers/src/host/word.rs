//! Waiting as the kernel offers it.

use std::ptr;
use std::sync::atomic::{AtomicU32, Ordering};

/// A word that one thread sets and another waits for.
pub(crate) struct Word(AtomicU32);

impl Word {
    pub(crate) const fn new() -> Self {
        Self(AtomicU32::new(0))
    }

    /// Sets it to what is not 0, and wakes who waits.
    pub(crate) fn set(&self, value: u32) {
        self.0.store(value, Ordering::Release);
        self.call(libc::FUTEX_WAKE, 1);
    }

    /// Waits until it is set, and unsets it.
    pub(crate) fn take(&self) -> u32 {
        loop {
            match self.0.swap(0, Ordering::Acquire) {
                0 => self.call(libc::FUTEX_WAIT, 0),
                value => return value,
            }
        }
    }

    fn call(&self, operation: libc::c_int, value: u32) {
        let operation = operation | libc::FUTEX_PRIVATE_FLAG;
        let no_timeout = ptr::null::<libc::timespec>();
        // SAFETY: the word is there for as long as the call, and there is no timeout to be read.
        unsafe { libc::syscall(libc::SYS_futex, self.0.as_ptr(), operation, value, no_timeout) };
    }
}
