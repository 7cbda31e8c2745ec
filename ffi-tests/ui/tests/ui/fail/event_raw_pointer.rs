//! An event that tells a pointer.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(event)]
pub fn on_it(memory: *const u8);

fn main() {}
