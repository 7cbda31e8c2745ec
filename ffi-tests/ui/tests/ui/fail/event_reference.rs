//! An event that tells a reference.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(event)]
pub fn on_it(number: i64, text: &str);

fn main() {}
