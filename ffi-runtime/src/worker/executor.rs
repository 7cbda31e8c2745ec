//! What the worker's loop sleeps in: a tokio runtime, so that its timers and sockets work in
//! handlers, or with the feature `tokio` off a parked thread.

#[cfg(feature = "tokio")]
pub(super) fn block_on<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("the system gives a tokio runtime its descriptors");
    let output = runtime.block_on(future);
    // Blocking work that an author spawned may go on; it must not hold up the teardown.
    runtime.shutdown_background();
    output
}

#[cfg(not(feature = "tokio"))]
pub(super) fn block_on<F: Future>(future: F) -> F::Output {
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
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}
