//! Functions in an `impl` and a trait that begin at the left edge.

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

impl State {
pub fn other() {
}

/// Documented.
#[ffi]
pub fn lib_total(_state: &State) -> u32 {
0
}

#[ffi(event)]
pub fn on_it(number: u32);
}

pub trait Service {
#[ffi]
fn lib_call(&self);
}

fn main() {}
