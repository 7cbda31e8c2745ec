//! A library whose worker looks for the next call for a while before it sleeps.

use ffi_runtime::ffi;

/// A library whose handlers need no state.
#[ffi(library = "spinning", spin_us = 20)]
pub struct Spinning;

/// Makes the state, of which there is nothing to make.
#[ffi(ctor, library = "spinning")]
pub fn spinning_create() -> Spinning {
    Spinning
}

/// Ends the state.
#[ffi(dtor, library = "spinning")]
pub fn spinning_destroy(_spinning: Spinning) {}

/// Gives a number back.
#[ffi(library = "spinning")]
pub fn spinning_give(_spinning: &Spinning, value: i32) -> i32 {
    value
}
