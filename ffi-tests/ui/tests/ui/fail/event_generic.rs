//! A generic event.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(event)]
pub fn on_it<T>(value: Vec<T>);

fn main() {}
