//! Options of a library at its state.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state, queue_limit = 8)]
pub struct State;

#[ffi(ctor)]
pub fn create() -> State {
    State
}

#[ffi(dtor)]
pub fn destroy(_state: State) {}

fn main() {}
