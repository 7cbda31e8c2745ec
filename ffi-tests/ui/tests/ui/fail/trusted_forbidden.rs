//! A promise to unsafe code, in a crate that forbids it.

#![forbid(unsafe_code)]

use ffi_runtime::{__private_0_1_0 as private, ffi};

ffi_runtime::library!("letters", shared);

/// Threads share it, so no handler may borrow it alone.
#[ffi(state)]
pub struct Letters;

// Whoever forbids unsafe code has nothing to promise.
unsafe impl private::Unshared for Letters {}

fn main() {}
