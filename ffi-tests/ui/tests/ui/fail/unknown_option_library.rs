//! An option that a state does not have.

use ffi_runtime::ffi;

ffi_runtime::library!("lib", rename = "Other");

#[ffi(state)]
pub struct State;

fn main() {}
