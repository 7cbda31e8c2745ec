//! A constructor that is inline.

use ffi_runtime::ffi;

ffi_runtime::library!("lib", shared);

#[ffi(state)]
pub struct State;

#[ffi(inline, ctor)]
pub fn lib_create() -> State {
    State
}

fn main() {}
