//! A function in another library than its state.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(library = "bil")]
pub struct State;

#[ffi(ctor, library = "bil")]
pub fn create() -> State {
    State
}

#[ffi]
pub fn version(_state: &State) -> String {
    String::new()
}

#[ffi(dtor, library = "bil")]
pub fn destroy(_state: State) {}

fn main() {}
