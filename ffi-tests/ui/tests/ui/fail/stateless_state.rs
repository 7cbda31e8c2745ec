//! A function that names its library, and takes the state.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi(library = "lib")]
pub fn lib_read(_state: &State) -> u32 {
    0
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
