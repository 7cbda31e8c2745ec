//! Waiting for a future on a thread of its own, without an executor.
//!
//! A thread may wait to its last: also where its thread-locals are dropped, and its std handle is gone.

use super::error::Error;
use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

thread_local! {
    /// Wakes this thread. Kept from one wait to the next; a wait within a wait has another.
    static SIGNAL: Cell<Option<Arc<Signal>>> = const { Cell::new(None) };
}

/// Wakes a thread that waits.
#[derive(Default)]
struct Signal {
    is_woken: Mutex<bool>,
    changed: Condvar,
}

impl Signal {
    /// Waits until it is woken, at most for so long.
    fn wait(&self, timeout: Option<Duration>) {
        let is_asleep = |is_woken: &mut bool| !*is_woken;
        let is_woken = self.lock();
        let mut is_woken = match timeout {
            Some(timeout) => {
                let waited = self.changed.wait_timeout_while(is_woken, timeout, is_asleep);
                waited.unwrap_or_else(PoisonError::into_inner).0
            }
            None => self.changed.wait_while(is_woken, is_asleep).unwrap_or_else(PoisonError::into_inner),
        };
        *is_woken = false;
    }

    fn lock(&self) -> MutexGuard<'_, bool> {
        self.is_woken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        *self.lock() = true;
        self.changed.notify_one();
    }
}

/// Polls a future until it is ready; before each further poll `sleep` sleeps, or gives up.
fn poll_until<F: Future + Unpin>(
    mut future: F,
    mut sleep: impl FnMut(&Signal) -> Result<(), Error>,
) -> Result<F::Output, Error> {
    let signal = SIGNAL.try_with(Cell::take).ok().flatten().unwrap_or_default();
    let waker = Waker::from(Arc::clone(&signal));
    let result = loop {
        if let Poll::Ready(output) = Pin::new(&mut future).poll(&mut Context::from_waker(&waker)) {
            break Ok(output);
        }
        if let Err(error) = sleep(&signal) {
            break Err(error);
        }
    };
    let _ = SIGNAL.try_with(|kept| kept.set(Some(signal)));
    result
}

/// Blocks the thread until the future is ready.
pub(crate) fn wait<F: Future + Unpin>(future: F) -> F::Output {
    let waited = poll_until(future, |signal| {
        signal.wait(None);
        Ok(())
    });
    match waited {
        Ok(output) => output,
        Err(_) => unreachable!("a wait without a limit does not give up"),
    }
}

/// Blocks the thread until the future is ready, or for as long.
pub(crate) fn wait_for<F: Future + Unpin>(future: F, timeout: Duration) -> Result<F::Output, Error> {
    let begun = Instant::now();
    poll_until(future, |signal| match timeout.checked_sub(begun.elapsed()) {
        Some(left) if !left.is_zero() => {
            signal.wait(Some(left));
            Ok(())
        }
        _ => Err(Error::TimedOut),
    })
}
