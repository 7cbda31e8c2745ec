//! An option that a struct does not have.

use ffi_runtime::ffi;

#[ffi(name = "Other")]
pub struct Config {}

fn main() {}
