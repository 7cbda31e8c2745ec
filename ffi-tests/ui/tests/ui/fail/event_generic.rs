//! A generic event.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(event)]
pub fn on_it<T>(value: Vec<T>);

fn main() {}
