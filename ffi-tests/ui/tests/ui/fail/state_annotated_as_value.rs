//! A state that was annotated as a value.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi]
pub struct State {}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
