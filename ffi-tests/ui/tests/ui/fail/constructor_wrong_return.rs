//! A constructor that returns something else than its state.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> Option<State> {
    Some(State)
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
