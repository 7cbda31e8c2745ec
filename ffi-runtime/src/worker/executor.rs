//! What the worker's loop sleeps in: a tokio runtime, so that its timers and sockets work in
//! handlers, or with the feature `tokio` off a parked thread.

use std::io;

/// Runs a future to its end on this thread.
///
/// # Errors
/// The system's, where it gives a tokio runtime no descriptors; the future was not begun.
#[cfg(feature = "tokio")]
pub(super) fn block_on<F: Future>(future: F) -> io::Result<F::Output> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let output = runtime.block_on(future);
    // Blocking work that an author spawned may go on; it must not hold up the teardown.
    runtime.shutdown_background();
    Ok(output)
}

/// Runs a future to its end on this thread.
///
/// # Errors
/// None: a parked thread needs nothing from the system.
#[cfg(not(feature = "tokio"))]
pub(super) fn block_on<F: Future>(future: F) -> io::Result<F::Output> {
    use std::sync::Arc;
    use std::task::{Context, Poll, Wake, Waker};
    use std::thread::{self, Thread};

    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let mut future = std::pin::pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut cx = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut cx) {
            Poll::Ready(output) => return Ok(output),
            Poll::Pending => thread::park(),
        }
    }
}
