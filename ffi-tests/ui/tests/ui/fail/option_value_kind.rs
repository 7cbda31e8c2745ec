//! An option with a value of the wrong kind.

use ffi_runtime::ffi;

#[ffi(rename = Other)]
pub struct Config {}

fn main() {}
