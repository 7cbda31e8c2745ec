//! An event that returns something.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(event)]
pub fn on_it(number: i64) -> bool;

fn main() {}
