//! A shared state that threads cannot read at the same time.

use ffi_runtime::ffi;
use std::cell::Cell;

ffi_runtime::library!("lib", shared);

#[ffi(state)]
pub struct State {
    count: Cell<u32>,
}

#[ffi(ctor)]
pub fn lib_create() -> State {
    State { count: Cell::new(0) }
}

#[ffi(inline)]
pub fn lib_read(state: &State) -> u32 {
    state.count.get()
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
