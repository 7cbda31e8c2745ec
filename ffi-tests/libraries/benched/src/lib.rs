//! The library that the benches measure: handlers that do nothing but what is measured.

#![forbid(unsafe_code)]

pub mod inline;
pub mod queued;
pub mod record;
pub mod spinning;

use ffi_runtime::ffi;

ffi_runtime::library!("benched");

/// A library whose handlers need no state.
#[ffi(state)]
pub struct Benched;

/// Makes the state, of which there is nothing to make.
#[ffi(ctor)]
pub fn benched_create() -> Benched {
    Benched
}

/// Ends the state.
#[ffi(dtor)]
pub fn benched_destroy(_benched: Benched) {}
