//! A runtime under a name that does not exist.

use ffi_runtime::ffi;

#[ffi(crate = "::my_ffi")]
pub struct Config {}

fn main() {}
