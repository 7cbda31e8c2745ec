//! An event with an option it does not have.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(event, rename = "other")]
pub fn on_it();

fn main() {}
