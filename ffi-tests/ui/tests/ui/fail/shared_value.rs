//! `shared` with a value.

use ffi_runtime::ffi;

#[ffi(library = "lib", shared = true)]
pub struct State;

fn main() {}
