//! An option that is given twice.

use ffi_runtime::ffi;

#[ffi(rename = "One", rename = "Two")]
pub struct Config {}

fn main() {}
