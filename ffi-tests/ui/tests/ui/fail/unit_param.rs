//! `()` as a parameter.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

type Nothing = ();

#[ffi]
pub fn lib_set(_state: &State, _nothing: Nothing) {}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
