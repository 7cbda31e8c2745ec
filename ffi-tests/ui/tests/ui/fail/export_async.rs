//! An export that waits.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct Lib;

#[ffi(export)]
pub async fn lib_count() -> u32 {
    0
}

fn main() {}
