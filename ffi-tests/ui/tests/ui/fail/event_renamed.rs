//! An event with an option it does not have.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(event, rename = "other")]
pub fn on_it();

fn main() {}
