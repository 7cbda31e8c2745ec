//! A mistake in a destructor: the constructor does not miss it.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi(dtor, rename = "lib-destroy")]
pub fn lib_destroy(_state: State) {}

fn main() {}
