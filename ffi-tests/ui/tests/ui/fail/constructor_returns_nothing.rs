//! A constructor that returns nothing.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() {}

fn main() {}
