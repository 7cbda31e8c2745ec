//! An event that tells a map beside something else.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(event)]
pub fn on_it(number: i64, settings: std::collections::HashMap<String, String>);

fn main() {}
