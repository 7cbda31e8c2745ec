//! An event with the options of a function that is called.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(event, ctor, dtor, cancel = "drop", deadline_ms = 5, inline)]
pub fn on_it();

fn main() {}
