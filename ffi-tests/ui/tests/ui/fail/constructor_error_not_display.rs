//! A constructor whose error has no text.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

pub struct Failure;

#[ffi(ctor)]
pub fn lib_create() -> Result<State, Failure> {
    Ok(State)
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
