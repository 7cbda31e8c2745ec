//! An export that takes a text.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct Lib;

#[ffi(export)]
pub fn lib_count(_text: String) -> u32 {
    0
}

fn main() {}
