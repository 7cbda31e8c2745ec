//! An event that tells a map beside something else.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(event)]
pub fn on_it(number: i64, settings: std::collections::HashMap<String, String>);

fn main() {}
