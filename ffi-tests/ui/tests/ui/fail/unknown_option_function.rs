//! An option that a function does not have.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi(constructor)]
pub fn lib_echo(_state: &State) {}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
