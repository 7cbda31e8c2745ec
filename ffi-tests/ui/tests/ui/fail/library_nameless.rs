//! A library without a name.

use ffi_runtime::ffi;

ffi_runtime::library!(shared);

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn create() -> State {
    State
}

#[ffi(dtor)]
pub fn destroy(_state: State) {}

fn main() {}
