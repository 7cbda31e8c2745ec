//! Wakes a sleeping worker, and costs next to nothing while it is awake.

use crate::sync::atomic::{AtomicBool, Ordering};
use crate::sync::thread;
use crate::sync::time::{Duration, Instant};
use atomic_waker::AtomicWaker;
use std::future::poll_fn;
use std::task::Poll;

/// How often [`Doorbell::listen`] checks before it yields: about a microsecond.
const CHECKS: u32 = 32;

/// What [`Doorbell::listen`] heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    /// A ring.
    InTime,
    /// A ring, while another thread had the core for longer than was to be listened.
    Late,
    Nothing,
}

/// One bell for everything a worker may wait for: requests, wakers, the end.
#[derive(Debug, Default)]
pub(crate) struct Doorbell {
    /// Set by the worker before it checks a last time and sleeps. Both sides only swap it, so
    /// their swaps have one order: either the worker's check comes after what the ringer did,
    /// or the ringer sees the worker asleep.
    asleep: AtomicBool,
    waker: AtomicWaker,
}

impl Doorbell {
    /// Wakes the worker if it sleeps. Call it after what it is to see was done.
    #[inline]
    pub(crate) fn ring(&self) {
        if self.asleep.swap(false, Ordering::AcqRel) {
            self.waker.wake();
        }
    }

    /// Checks for so long whether it is rung, or whether `is_due` says that there is something to do
    /// already, without sleeping. Yields now and then, to whoever would ring and has no other core
    /// to run on.
    pub(crate) fn listen(&self, length: Duration, is_due: impl Fn() -> bool) -> Heard {
        // Who rings has nobody to wake now, which would cost it a system call.
        drop(self.waker.take());
        self.asleep.swap(true, Ordering::AcqRel);
        if is_due() {
            self.asleep.swap(false, Ordering::AcqRel);
            return Heard::InTime;
        }
        let start = Instant::now();
        while start.elapsed() < length {
            for _ in 0..CHECKS {
                if !self.asleep.load(Ordering::Acquire) {
                    return Heard::InTime;
                }
                std::hint::spin_loop();
            }
            thread::yield_now();
        }
        // Who rings from here on finds it awake: the worker checks again before it sleeps.
        if self.asleep.swap(false, Ordering::AcqRel) { Heard::Nothing } else { Heard::Late }
    }

    /// Sleeps until rung, unless `is_due` says that there is something to do already.
    pub(crate) async fn wait(&self, is_due: impl Fn() -> bool) {
        poll_fn(|cx| {
            if is_due() {
                return Poll::Ready(());
            }
            self.waker.register(cx.waker());
            self.asleep.swap(true, Ordering::AcqRel);
            if is_due() {
                self.asleep.swap(false, Ordering::AcqRel);
                return Poll::Ready(());
            }
            Poll::Pending
        })
        .await;
    }
}
