//! An event that tells a map.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(event)]
pub fn on_it(settings: std::collections::HashMap<String, String>);

fn main() {}
