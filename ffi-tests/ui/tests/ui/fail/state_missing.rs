//! A handler without parameters.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi]
pub fn lib_version() -> String {
    String::new()
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
