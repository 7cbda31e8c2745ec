//! A destructor without a constructor.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
