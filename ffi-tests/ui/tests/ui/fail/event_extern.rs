//! An extern event.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(event)]
pub extern "C" fn on_it();

fn main() {}
