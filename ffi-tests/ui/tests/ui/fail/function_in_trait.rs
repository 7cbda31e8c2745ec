//! Functions in a trait.

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

pub trait Service {
    #[ffi]
    fn lib_call(&self) -> u32;

    #[ffi]
    fn lib_default(&mut self) {}

    #[ffi(event)]
    fn on_it(number: u32);
}

fn main() {}
