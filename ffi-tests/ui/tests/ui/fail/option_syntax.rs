//! An option in a form that none has.

use ffi_runtime::ffi;

#[ffi(rename("Other"))]
pub struct Config {}

fn main() {}
