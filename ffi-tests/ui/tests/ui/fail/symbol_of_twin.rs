//! A symbol that ends like the twin of another.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi]
pub fn lib_echo_cbor(_state: &State) -> String {
    String::new()
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
