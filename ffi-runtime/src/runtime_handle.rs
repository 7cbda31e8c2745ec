//! What a thread enters to run the author's code as if it were a context's worker: the worker's tokio
//! runtime, or without the feature `tokio` nothing.

#[cfg(feature = "tokio")]
use crate::panic::{contain, trap};

/// A worker's runtime, as other threads reach it.
#[cfg(feature = "tokio")]
#[derive(Clone, Debug)]
pub(crate) struct RuntimeHandle(tokio::runtime::Handle);

#[cfg(feature = "tokio")]
impl RuntimeHandle {
    pub(crate) fn new(handle: tokio::runtime::Handle) -> Self {
        Self(handle)
    }

    /// Until the guard is dropped, what this thread spawns is spawned on the worker, and timers and
    /// sockets are the worker's.
    pub(crate) fn enter(&self) -> Entered<'_> {
        Entered::begin(|| self.0.enter())
    }
}

/// While it lives, this thread is inside a worker's runtime. Where tokio's thread-local is gone, the
/// author's code runs outside of any runtime.
#[cfg(feature = "tokio")]
#[derive(Debug)]
pub(crate) struct Entered<'a>(Option<tokio::runtime::EnterGuard<'a>>);

#[cfg(feature = "tokio")]
impl<'a> Entered<'a> {
    pub(crate) fn begin(enter: impl FnOnce() -> tokio::runtime::EnterGuard<'a>) -> Self {
        Self(trap(enter).ok())
    }
}

#[cfg(feature = "tokio")]
impl Drop for Entered<'_> {
    fn drop(&mut self) {
        let guard = self.0.take();
        // Tokio panics where the author's code has entered a runtime in the meantime and not left
        // it. The thread then stays in that one, which is for the author to know.
        let _ = contain(|| drop(guard));
    }
}

/// There is nothing to enter.
#[cfg(not(feature = "tokio"))]
#[derive(Clone, Debug)]
pub(crate) struct RuntimeHandle;

#[cfg(not(feature = "tokio"))]
impl RuntimeHandle {
    pub(crate) fn enter(&self) -> &Self {
        self
    }
}
