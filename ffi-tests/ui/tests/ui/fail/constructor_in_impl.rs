//! A constructor in an `impl`.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

impl State {
    #[ffi(ctor)]
    pub fn create() -> Self {
        State
    }
}

fn main() {}
