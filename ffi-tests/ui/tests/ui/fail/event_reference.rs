//! An event that tells a reference.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(event)]
pub fn on_it(number: i64, text: &str);

fn main() {}
