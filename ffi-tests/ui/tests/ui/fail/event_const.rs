//! A const event.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(event)]
pub const fn on_it();

fn main() {}
