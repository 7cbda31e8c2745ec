//! An export that has a symbol that does not begin with its library's name.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct Lib;

#[ffi(export)]
pub fn count() -> u32 {
    0
}

fn main() {}
