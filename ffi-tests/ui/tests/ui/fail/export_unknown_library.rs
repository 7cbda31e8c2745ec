//! An export of a library that there is not.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct Lib;

#[ffi(export, library = "bil")]
pub fn bil_count() -> u32 {
    0
}

fn main() {}
