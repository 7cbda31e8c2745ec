//! A runtime that is not a path.

use ffi_runtime::ffi;

#[ffi(crate = "my ffi")]
pub struct Config {}

fn main() {}
