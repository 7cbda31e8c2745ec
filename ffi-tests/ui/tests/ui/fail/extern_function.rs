//! A handler with an ABI.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi]
pub extern "C" fn lib_call(_state: &State) {}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
