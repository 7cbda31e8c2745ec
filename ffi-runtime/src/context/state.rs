//! A library's state: owned by its worker, and lent to inline handlers where threads share it.
//!
//! - The owner keeps a pointer and no box: references that others hold stay good while it is
//!   moved.
//! - What was published is read by callers that stay in the context's slot. The worker takes the
//!   state back only once the slot is closed and nobody stays.
//! - The state is dropped only by who took it back. Where a panic drops the owner instead, handlers
//!   may still borrow the state, and it is leaked.

use crate::declare::SharedState;
use crate::runtime_handle::RuntimeHandle;
use std::ptr::NonNull;

/// A state that is its worker's. Dropping it leaks the state.
#[derive(Debug)]
pub(crate) struct Owned<S>(NonNull<S>);

// SAFETY: owns the state as a box does.
unsafe impl<S: Send> Send for Owned<S> {}

impl<S> Owned<S> {
    pub(crate) fn new(state: S) -> Self {
        Self(NonNull::from(Box::leak(Box::new(state))))
    }

    /// Where the state is.
    pub(crate) fn place(&self) -> NonNull<S> {
        self.0
    }

    /// The state alone. No reference to it may be left.
    pub(crate) fn into_box(self) -> Box<S> {
        // SAFETY: made from a box in `new`, and taken back by nobody else.
        unsafe { Box::from_raw(self.0.as_ptr()) }
    }
}

/// What inline handlers run with.
#[derive(Debug)]
pub(crate) struct Published<S> {
    state: NonNull<S>,
    runtime: RuntimeHandle,
}

// SAFETY: the state is reached only where it may be shared, through `Published::state`.
unsafe impl<S> Send for Published<S> {}
// SAFETY: as above.
unsafe impl<S> Sync for Published<S> {}

impl<S> Published<S> {
    /// A state, and what its worker runs in.
    pub(crate) fn new(state: &Owned<S>, runtime: RuntimeHandle) -> Self {
        Self { state: state.place(), runtime }
    }

    /// The state.
    ///
    /// # Safety
    /// The caller must stay in the context's slot for `'a`, or the worker not have taken the state
    /// back.
    pub(crate) unsafe fn state<'a>(&self) -> &'a S
    where
        S: SharedState,
    {
        // SAFETY: the state lives for as long as the caller promises, and is shared.
        unsafe { self.state.as_ref() }
    }

    /// What the worker runs in.
    pub(crate) fn runtime(&self) -> &RuntimeHandle {
        &self.runtime
    }
}
