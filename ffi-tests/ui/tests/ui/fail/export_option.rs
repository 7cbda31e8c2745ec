//! An export that may return nothing.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct Lib;

#[ffi(export)]
pub fn lib_count() -> Option<u32> {
    None
}

fn main() {}
