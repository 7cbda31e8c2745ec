//! A library's name that C cannot spell.

use ffi_runtime::ffi;

ffi_runtime::library!("my-lib");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn my_lib_create() -> State {
    State
}

#[ffi(dtor)]
pub fn my_lib_destroy(_state: State) {}

fn main() {}
