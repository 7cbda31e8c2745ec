//! An event with the options of a function that is called.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(event, ctor, dtor, cancel = "drop", deadline_ms = 5, inline)]
pub fn on_it();

fn main() {}
