//! An unsafe event.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(event)]
pub unsafe fn on_it();

fn main() {}
