//! A part of a library with options and a state of its own.

use ffi_runtime::ffi;

ffi_runtime::library!("lib", part, shared, queue_limit = 8);

#[ffi(state)]
pub struct State;

fn main() {}
