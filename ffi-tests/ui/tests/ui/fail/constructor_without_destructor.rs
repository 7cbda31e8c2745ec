//! A constructor without a destructor.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> Result<State, String> {
    Ok(State)
}

fn main() {}
