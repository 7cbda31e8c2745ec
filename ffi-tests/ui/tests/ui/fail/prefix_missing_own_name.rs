//! A symbol without the library's name, with which it would be one of the library's own.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

#[ffi]
pub fn close(_state: &State) {}

fn main() {}
