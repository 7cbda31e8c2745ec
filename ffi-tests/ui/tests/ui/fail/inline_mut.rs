//! An inline handler that borrows the state alone.

use ffi_runtime::ffi;

ffi_runtime::library!("lib", shared);

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi(inline)]
pub fn lib_change(_state: &mut State) {}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
