//! An export in a crate of two libraries that does not say which.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct Lib;

#[ffi(library = "bil")]
pub struct Bil;

#[ffi(export)]
pub fn lib_count() -> u32 {
    0
}

fn main() {}
