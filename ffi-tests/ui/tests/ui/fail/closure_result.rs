//! A closure as a result.

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

#[ffi]
pub fn lib_adder(_state: &State, number: u32) -> impl Fn(u32) -> u32 {
    move |other| number + other
}

#[ffi]
pub fn lib_boxed(_state: &State) -> Result<Box<dyn FnMut()>, String> {
    Err(String::new())
}

fn main() {}
