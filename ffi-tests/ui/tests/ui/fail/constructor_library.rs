//! A constructor that names its library.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(ctor, library = "lib")]
pub fn lib_create() -> State {
    State
}

fn main() {}
