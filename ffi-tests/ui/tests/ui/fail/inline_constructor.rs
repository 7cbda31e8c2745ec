//! A constructor that is inline.

use ffi_runtime::ffi;

#[ffi(library = "lib", shared)]
pub struct State;

#[ffi(inline, ctor)]
pub fn lib_create() -> State {
    State
}

fn main() {}
