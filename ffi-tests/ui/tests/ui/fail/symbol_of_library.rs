//! A symbol that the library has of its own.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi]
pub fn lib_schema(_state: &State) -> String {
    String::new()
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
