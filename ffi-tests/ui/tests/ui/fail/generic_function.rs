//! A function with a type parameter.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi]
pub fn lib_count<T>(_state: &State, _items: Vec<u8>) {}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
