//! Two states in one library.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct One;

#[ffi(state)]
pub struct Other;

fn main() {}
