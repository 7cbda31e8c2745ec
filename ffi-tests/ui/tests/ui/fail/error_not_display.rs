//! An error without a text.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

pub struct Failure;

#[ffi]
pub fn lib_try(_state: &State) -> Result<u32, Failure> {
    Err(Failure)
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
