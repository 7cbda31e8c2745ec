//! A constructor is not cancelled by its caller.

use ffi_runtime::ffi;

ffi_runtime::library!("l");

#[ffi(state)]
pub struct State;

#[ffi(ctor, cancel = "drop")]
pub async fn l_create() -> Result<State, String> {
    Ok(State)
}

#[ffi(dtor)]
pub fn l_destroy(_state: State) {}

fn main() {}
