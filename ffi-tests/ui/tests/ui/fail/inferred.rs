//! A type that is not written out.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi]
pub fn lib_list(_state: &State, _items: Vec<_>) {}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
