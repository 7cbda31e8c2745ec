//! An inline handler on a state that only its worker may use.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi(inline)]
pub fn lib_read(_state: &State) -> u32 {
    0
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
