//! An event that tells a closure.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

#[ffi(event)]
pub fn on_it(name: String, answer: Box<dyn FnOnce(u32)>);

fn main() {}
