//! An export that returns several values.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct Lib;

#[ffi(export)]
pub fn lib_count() -> Vec<u8> {
    Vec::new()
}

fn main() {}
