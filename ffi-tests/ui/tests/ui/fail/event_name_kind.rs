//! An event whose name is a number.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(event = 5)]
pub fn on_it();

fn main() {}
