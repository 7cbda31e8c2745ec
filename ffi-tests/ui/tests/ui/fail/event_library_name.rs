//! An event of a library that cannot be.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(event, library = "my lib")]
pub fn on_it();

fn main() {}
