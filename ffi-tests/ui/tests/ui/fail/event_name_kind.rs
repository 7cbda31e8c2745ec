//! An event whose name is a number.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(event = 5)]
pub fn on_it();

fn main() {}
