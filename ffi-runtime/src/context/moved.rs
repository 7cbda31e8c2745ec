//! The inline calls that moved to the worker and that it has not taken up.
//!
//! - They have begun, so they take no place of the calls that wait to begin; their own number is
//!   bounded by the same limit.
//! - Where there are as many, the next is refused before it begins: a handler that has begun is
//!   never dropped for want of room.

use crate::sync::Arc;
use crate::sync::atomic::{AtomicUsize, Ordering};

/// How many there are in one context.
#[derive(Debug, Default)]
pub(crate) struct MovedCalls(Arc<AtomicUsize>);

impl MovedCalls {
    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    /// One more, until the guard is dropped.
    pub(crate) fn add(&self) -> Moved {
        self.0.fetch_add(1, Ordering::Relaxed);
        Moved(Arc::clone(&self.0))
    }
}

/// One call, until the worker takes it up or drops it.
#[derive(Debug)]
pub(crate) struct Moved(Arc<AtomicUsize>);

impl Drop for Moved {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
