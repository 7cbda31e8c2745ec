//! Waiting for a future on a thread of its own, without an executor.

use super::error::Error;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

thread_local! {
    /// Wakes this thread.
    static WAKER: Waker = Waker::from(Arc::new(Unpark(thread::current())));
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.unpark();
    }
}

/// Blocks the thread until the future is ready.
pub(crate) fn wait<F: Future + Unpin>(mut future: F) -> F::Output {
    WAKER.with(|waker| {
        loop {
            if let Poll::Ready(output) = Pin::new(&mut future).poll(&mut Context::from_waker(waker)) {
                return output;
            }
            thread::park();
        }
    })
}

/// Blocks the thread until the future is ready, or for as long.
pub(crate) fn wait_for<F: Future + Unpin>(mut future: F, timeout: Duration) -> Result<F::Output, Error> {
    let waker = WAKER.with(Waker::clone);
    let begun = Instant::now();
    loop {
        if let Poll::Ready(output) = Pin::new(&mut future).poll(&mut Context::from_waker(&waker)) {
            return Ok(output);
        }
        match timeout.checked_sub(begun.elapsed()) {
            Some(left) if !left.is_zero() => thread::park_timeout(left),
            _ => return Err(Error::TimedOut),
        }
    }
}
