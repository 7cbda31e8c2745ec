//! A trait object as a parameter.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi]
pub fn lib_show(_state: &State, _value: Box<dyn ToString + Send>) {}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
