//! A handler whose first parameter is not the state.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi]
pub fn lib_add(a: u32, b: u32) -> u32 {
    a + b
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
