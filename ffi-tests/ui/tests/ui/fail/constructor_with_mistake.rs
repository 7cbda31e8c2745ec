//! A mistake in a constructor: the destructor does not miss it.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create(_name: &str) -> Result<State, String> {
    Ok(State)
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
