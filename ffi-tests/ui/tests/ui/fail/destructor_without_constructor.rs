//! A destructor without a constructor.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
