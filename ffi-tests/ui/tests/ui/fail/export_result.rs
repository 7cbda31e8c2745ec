//! An export that may fail.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct Lib;

#[ffi(export)]
pub fn lib_count() -> Result<u32, String> {
    Ok(0)
}

fn main() {}
