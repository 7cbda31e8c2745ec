//! A constructor in an `impl`.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

impl State {
    #[ffi(ctor)]
    pub fn create() -> Self {
        State
    }
}

fn main() {}
