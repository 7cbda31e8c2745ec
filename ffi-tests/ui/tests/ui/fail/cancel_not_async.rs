//! Only a future can be dropped while it runs.

use ffi_runtime::ffi;

ffi_runtime::library!("l");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn l_create() -> Result<State, String> {
    Ok(State)
}

#[ffi(cancel = "drop")]
pub fn l_wait(_state: &State) {}

#[ffi(dtor)]
pub fn l_destroy(_state: State) {}

fn main() {}
