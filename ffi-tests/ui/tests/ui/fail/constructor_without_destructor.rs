//! A constructor without a destructor.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> Result<State, String> {
    Ok(State)
}

fn main() {}
