//! An inline handler without a state.

use ffi_runtime::ffi;

ffi_runtime::library!("lib", shared);

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi(inline)]
pub fn lib_read(number: u32) -> u32 {
    number
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
