//! `impl Trait` as a result.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi]
pub fn lib_name(_state: &State) -> impl ToString {
    "name"
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
