//! An event whose parameter has no name.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(event)]
pub fn on_it(_: i64);

fn main() {}
