//! An export that has a type parameter.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct Lib;

#[ffi(export)]
pub fn lib_count<T>() -> u32 {
    0
}

fn main() {}
