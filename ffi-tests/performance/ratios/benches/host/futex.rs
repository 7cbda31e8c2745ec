//! Waiting as the kernel offers it, and the floor of everything that crosses a thread.

use crate::machine;
use crate::measure::{Work, repeat};
use std::hint;
use std::ptr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// A word that one thread sets and another waits for.
#[derive(Debug, Default)]
pub(crate) struct Word(AtomicU32);

impl Word {
    /// Sets it, and wakes who waits.
    pub(crate) fn set(&self) {
        self.0.store(1, Ordering::Release);
        self.call(libc::FUTEX_WAKE, 1);
    }

    /// Waits until it is set, and unsets it.
    pub(crate) fn take(&self) {
        while self.0.load(Ordering::Acquire) == 0 {
            self.call(libc::FUTEX_WAIT, 0);
        }
        self.0.store(0, Ordering::Relaxed);
    }

    /// Looks for it to be set, and after so long sleeps until it is.
    pub(crate) fn look_then_take(&self, look: Duration) {
        let start = Instant::now();
        while self.0.load(Ordering::Acquire) == 0 && start.elapsed() < look {
            hint::spin_loop();
        }
        self.take();
    }

    fn call(&self, operation: libc::c_int, value: u32) {
        let operation = operation | libc::FUTEX_PRIVATE_FLAG;
        let no_timeout = ptr::null::<libc::timespec>();
        // SAFETY: the word is there for as long as the call, and there is no timeout to be read.
        unsafe { libc::syscall(libc::SYS_futex, self.0.as_ptr(), operation, value, no_timeout) };
    }
}

/// There and back between this thread and another one, which runs on `core`.
pub(crate) fn ping_pong(core: usize) -> Work {
    let [ping, pong]: [&'static Word; 2] = std::array::from_fn(|_| &*Box::leak(Box::default()));
    thread::spawn(move || {
        machine::pin(&[core]);
        loop {
            ping.take();
            pong.set();
        }
    });
    repeat(|| {
        ping.set();
        pong.take();
    })
}
