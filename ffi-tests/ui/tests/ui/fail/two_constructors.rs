//! Two constructors of one library.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi(ctor)]
pub fn lib_open(_path: String) -> Result<State, String> {
    Ok(State)
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
