//! What the worker's loop sleeps in: a tokio runtime, so that its timers and sockets work in
//! handlers, or with the feature `tokio` off a parked thread.

use crate::sync::Arc;
use crate::sync::time::Instant;
use crate::vitals::Vitals;
use std::io;

/// Runs a future to its end on this thread, whose sleep is noted.
///
/// # Errors
/// The system's, where it gives a tokio runtime no descriptors; the future was not begun.
#[cfg(feature = "tokio")]
pub(super) fn block_on<F: Future>(vitals: &Arc<Vitals>, future: F) -> io::Result<F::Output> {
    let (parking, waking) = (Arc::clone(vitals), Arc::clone(vitals));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .on_thread_park(move || parking.sleep())
        .on_thread_unpark(move || waking.wake())
        .build()?;
    let output = runtime.block_on(future);
    // Blocking work that an author spawned may go on; it must not hold up the teardown.
    runtime.shutdown_background();
    Ok(output)
}

/// Waits until a moment, inside [`block_on`].
#[cfg(feature = "tokio")]
pub(super) async fn sleep_until(end: Instant) {
    tokio::time::sleep_until(end.into()).await;
}

/// What a thread enters to run the author's code as if it were the worker.
#[cfg(feature = "tokio")]
#[derive(Debug)]
pub(crate) struct Inside(tokio::runtime::Handle);

#[cfg(feature = "tokio")]
impl Inside {
    /// That of the worker that calls this, inside [`block_on`].
    pub(crate) fn current() -> Self {
        Self(tokio::runtime::Handle::current())
    }

    /// Until the guard is dropped, what this thread spawns is spawned on the worker, and timers and
    /// sockets are the worker's.
    pub(crate) fn enter(&self) -> tokio::runtime::EnterGuard<'_> {
        self.0.enter()
    }
}

#[cfg(not(feature = "tokio"))]
pub(crate) use parked::Inside;
#[cfg(not(feature = "tokio"))]
pub(super) use parked::{block_on, sleep_until};

/// What a parked thread does for tokio.
#[cfg(not(feature = "tokio"))]
mod parked {
    use super::{Arc, Instant, Vitals, io};
    use crate::sync::atomic::{AtomicBool, Ordering};
    use crate::sync::thread::{self, Thread};
    use crate::sync::thread_local;
    use std::cell::Cell;
    use std::future::poll_fn;
    use std::pin::pin;
    use std::task::{Context, Poll, Wake, Waker};

    /// There is nothing to enter.
    #[derive(Debug)]
    pub(crate) struct Inside;

    impl Inside {
        pub(crate) fn current() -> Self {
            Self
        }

        pub(crate) fn enter(&self) -> &Self {
            self
        }
    }

    thread_local! {
        /// When the future that is being polled wants to be polled again at the latest.
        static ALARM: Cell<Option<Instant>> = const { Cell::new(None) };
    }

    /// Wakes the thread. That it was woken is kept here too: a future may park the thread for
    /// ends of its own, and so take the wake that `unpark` left.
    struct Unpark {
        thread: Thread,
        is_woken: AtomicBool,
    }

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.is_woken.store(true, Ordering::Release);
            self.thread.unpark();
        }
    }

    /// Runs a future to its end on this thread.
    ///
    /// # Errors
    /// None: a parked thread needs nothing from the system.
    pub(in super::super) fn block_on<F: Future>(vitals: &Arc<Vitals>, future: F) -> io::Result<F::Output> {
        let mut future = pin!(future);
        let unpark = Arc::new(Unpark { thread: thread::current(), is_woken: AtomicBool::new(false) });
        let waker = Waker::from(Arc::clone(&unpark));
        let mut cx = Context::from_waker(&waker);
        loop {
            ALARM.with(|alarm| alarm.set(None));
            if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
                return Ok(output);
            }
            vitals.sleep();
            while !unpark.is_woken.swap(false, Ordering::Acquire) {
                match ALARM.with(Cell::get) {
                    None => thread::park(),
                    Some(end) if Instant::now() >= end => break,
                    Some(end) => thread::park_timeout(end.saturating_duration_since(Instant::now())),
                }
            }
            vitals.wake();
        }
    }

    /// Waits until a moment, inside [`block_on`].
    pub(in super::super) async fn sleep_until(end: Instant) {
        poll_fn(|_| {
            if Instant::now() >= end {
                return Poll::Ready(());
            }
            ALARM.with(|alarm| alarm.set(Some(alarm.get().map_or(end, |earlier| earlier.min(end)))));
            Poll::Pending
        })
        .await;
    }
}
