//! `shared` with a value.

use ffi_runtime::ffi;

ffi_runtime::library!("lib", shared = true);

#[ffi(state)]
pub struct State;

fn main() {}
