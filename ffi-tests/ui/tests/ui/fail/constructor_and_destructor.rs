//! A function that is both.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi(ctor, dtor)]
pub fn lib_end(_state: State) {}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
