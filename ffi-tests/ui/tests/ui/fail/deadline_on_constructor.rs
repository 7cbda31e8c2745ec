//! A constructor has no deadline.

use ffi_runtime::ffi;

ffi_runtime::library!("l");

#[ffi(state)]
pub struct State;

#[ffi(ctor, deadline_ms = 100)]
pub async fn l_create() -> Result<State, String> {
    Ok(State)
}

#[ffi(dtor, deadline_ms = 100)]
pub fn l_destroy(_state: State) {}

fn main() {}
