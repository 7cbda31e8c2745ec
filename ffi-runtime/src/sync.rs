//! What threads share state and wait with: the standard library's, or, in a build for the
//! models, a checker's, which runs the same code under one schedule after another.
//!
//! What is only counted or kept beside the lifecycle (the schema, the process guard,
//! a thread's last error) uses the standard library's in both.

#[cfg(ffi_model)]
mod model;

#[cfg(ffi_model)]
pub(crate) use model::{Arc, Condvar, Mutex, MutexGuard, OnceLock, Weak, atomic, flume, thread, thread_local, time};
#[cfg(not(ffi_model))]
pub(crate) use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, Weak, atomic},
    thread, thread_local, time,
};

use std::sync::PoisonError;

/// Takes a lock. The one place that does, in all of the runtime.
///
/// A lock that is poisoned is taken like any other: a thread panicked while it held it, and what the runtime's
/// locks guard is whole after each step of the runtime's own code. The author's code runs outside all of them.
#[inline]
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    unpoisoned(mutex.lock())
}

/// What a wait gives back, which has taken its lock again: poisoned or not, as [`lock`] takes one.
#[inline]
pub(crate) fn unpoisoned<G>(waited: Result<G, PoisonError<G>>) -> G {
    waited.unwrap_or_else(PoisonError::into_inner)
}

/// The standard library's cell, reached through closures as checkers want it: so they see where
/// an access begins and ends.
#[derive(Debug)]
pub(crate) struct UnsafeCell<T>(std::cell::UnsafeCell<T>);

impl<T> UnsafeCell<T> {
    pub(crate) const fn new(value: T) -> Self {
        Self(std::cell::UnsafeCell::new(value))
    }

    /// Reads: nobody may write meanwhile.
    #[inline]
    pub(crate) fn with<R>(&self, read: impl FnOnce(*const T) -> R) -> R {
        read(self.0.get())
    }

    /// Writes: nobody may read or write meanwhile.
    #[inline]
    pub(crate) fn with_mut<R>(&self, write: impl FnOnce(*mut T) -> R) -> R {
        write(self.0.get())
    }
}

/// For the models, in which time does not pass by itself, and which may wait for threads to end.
#[cfg(ffi_model)]
pub use model::{
    thread::running,
    time::{advance, jam, next_limit, unjam},
};
