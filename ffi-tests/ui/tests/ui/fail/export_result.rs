//! An export that may fail.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct Lib;

#[ffi(export)]
pub fn lib_count() -> Result<u32, String> {
    Ok(0)
}

fn main() {}
