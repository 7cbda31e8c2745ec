//! A constructor in an `impl`, beside a destructor and a method that need one.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

impl State {
    #[ffi(ctor)]
    pub fn create() -> Result<Self, String> {
        Ok(State)
    }
}

#[ffi]
pub fn lib_total(_state: &State) -> u32 {
    0
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
