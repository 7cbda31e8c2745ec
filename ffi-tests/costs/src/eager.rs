//! The same with a worker that looks for work before it sleeps.

use ffi_runtime::ffi;
use std::cell::Cell;

/// A library whose worker looks for work before it sleeps.
#[ffi(library = "eager", spin_us = 20)]
pub struct Eager {
    calls: Cell<u64>,
}

/// Makes the state.
#[ffi(ctor, library = "eager")]
pub fn eager_create() -> Eager {
    Eager { calls: Cell::new(0) }
}

/// Ends the state.
#[ffi(dtor, library = "eager")]
pub fn eager_destroy(_eager: Eager) {}

/// Counts the call.
#[ffi(library = "eager")]
pub fn eager_nothing(eager: &Eager) -> u64 {
    eager.calls.set(eager.calls.get() + 1);
    eager.calls.get()
}
