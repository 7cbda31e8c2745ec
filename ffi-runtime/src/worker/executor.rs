//! What the worker's loop sleeps in: a tokio runtime, so that its timers and sockets work in
//! handlers, or with the feature `tokio` off a parked thread.
//!
//! - The worker's own timers belong to its own runtime, whatever runtime the author's code has
//!   entered on the thread, and has perhaps never left.
//! - Threads of the runtime's pool are the library's: they bear its name and take no signals.
//! - A runtime whose driver panicked, because an author's waker did, is not used again: what is
//!   left to do then needs neither its timers nor its tasks.

use crate::context::Heartbeat;
#[cfg(feature = "tokio")]
use crate::process::block_signals;
#[cfg(feature = "tokio")]
use crate::runtime_handle::Entered;
use crate::runtime_handle::RuntimeHandle;
use crate::sync::Arc;
use crate::sync::time::Instant;
use std::io;

/// A worker's tokio runtime.
#[cfg(feature = "tokio")]
#[derive(Debug)]
pub(super) struct Executor(tokio::runtime::Runtime);

#[cfg(feature = "tokio")]
impl Executor {
    /// That of the calling thread, whose sleep is noted.
    ///
    /// # Errors
    /// The system's, where it gives a tokio runtime no descriptors.
    pub(super) fn new(library: &str, heartbeat: &Arc<Heartbeat>) -> io::Result<Self> {
        let (parking, waking) = (Arc::clone(heartbeat), Arc::clone(heartbeat));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .thread_name(format!("{library}-pool"))
            // Whoever needs one more thread of the pool starts it: the worker, or an inline handler on a
            // host's thread, whose mask it would keep.
            .on_thread_start(block_signals)
            .on_thread_park(move || parking.sleep())
            .on_thread_unpark(move || waking.wake())
            .build()?;
        Ok(Self(runtime))
    }

    /// Runs a future to its end on this thread.
    pub(super) fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.0.block_on(future)
    }

    /// What other threads enter to run the author's code as this one does.
    pub(super) fn handle(&self) -> RuntimeHandle {
        RuntimeHandle::new(self.0.handle().clone())
    }

    /// Enters the runtime on this thread, until the guard is dropped.
    pub(super) fn enter(&self) -> Entered<'_> {
        Entered::begin(|| self.0.enter())
    }

    /// Waits until a moment, inside [`Executor::block_on`].
    pub(super) fn sleep_until(&self, end: Instant) -> impl Future<Output = ()> + use<> {
        // A timer belongs to the runtime that is entered when it is made.
        let _entered = self.enter();
        tokio::time::sleep_until(end.into())
    }

    /// Ends the tasks that an author spawned. Blocking work may go on; it must not hold up the
    /// teardown.
    pub(super) fn shut_down(self) {
        self.0.shutdown_background();
    }
}

#[cfg(not(feature = "tokio"))]
pub(super) use parked::Executor;

/// What a parked thread does for tokio.
#[cfg(not(feature = "tokio"))]
mod parked {
    use super::{Arc, Heartbeat, Instant, RuntimeHandle, io};
    use crate::sync::atomic::{AtomicBool, Ordering};
    use crate::sync::thread::{self, Thread};
    use crate::sync::thread_local;
    use std::cell::Cell;
    use std::future::poll_fn;
    use std::pin::pin;
    use std::task::{Context, Poll, Wake, Waker};

    /// A parked thread, whose sleep is noted.
    #[derive(Debug)]
    pub(in super::super) struct Executor(Arc<Heartbeat>);

    thread_local! {
        /// When the future that is being polled wants to be polled again at the latest.
        static NEXT_TIMER: Cell<Option<Instant>> = const { Cell::new(None) };
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

    impl Executor {
        /// That of the calling thread.
        ///
        /// # Errors
        /// None: a parked thread needs nothing from the system.
        pub(in super::super) fn new(_library: &str, heartbeat: &Arc<Heartbeat>) -> io::Result<Self> {
            Ok(Self(Arc::clone(heartbeat)))
        }

        /// Runs a future to its end on this thread.
        pub(in super::super) fn block_on<F: Future>(&self, future: F) -> F::Output {
            let Self(heartbeat) = self;
            let mut future = pin!(future);
            let unpark = Arc::new(Unpark { thread: thread::current(), is_woken: AtomicBool::new(false) });
            let waker = Waker::from(Arc::clone(&unpark));
            let mut cx = Context::from_waker(&waker);
            loop {
                NEXT_TIMER.with(|timer| timer.set(None));
                if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
                    return output;
                }
                heartbeat.sleep();
                while !unpark.is_woken.swap(false, Ordering::Acquire) {
                    match NEXT_TIMER.with(Cell::get) {
                        None => thread::park(),
                        Some(end) if Instant::now() >= end => break,
                        Some(end) => thread::park_timeout(end.saturating_duration_since(Instant::now())),
                    }
                }
                heartbeat.wake();
            }
        }

        /// What other threads enter, which is nothing.
        pub(in super::super) fn handle(&self) -> RuntimeHandle {
            RuntimeHandle
        }

        /// There is nothing to enter.
        pub(in super::super) fn enter(&self) -> &Self {
            self
        }

        /// Waits until a moment, inside [`Executor::block_on`].
        pub(in super::super) fn sleep_until(&self, end: Instant) -> impl Future<Output = ()> + use<> {
            poll_fn(move |_| {
                if Instant::now() >= end {
                    return Poll::Ready(());
                }
                NEXT_TIMER.with(|timer| timer.set(Some(timer.get().map_or(end, |earlier| earlier.min(end)))));
                Poll::Pending
            })
        }

        /// There is nothing to end.
        pub(in super::super) fn shut_down(self) {}
    }
}
