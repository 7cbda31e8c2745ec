//! A handler is cancelled by dropping it or not at all.

use ffi_runtime::ffi;

ffi_runtime::library!("l");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn l_create() -> Result<State, String> {
    Ok(State)
}

#[ffi(cancel = "stop")]
pub async fn l_wait(_state: &State) {}

#[ffi(dtor)]
pub fn l_destroy(_state: State) {}

fn main() {}
