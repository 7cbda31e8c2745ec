//! An export in a crate without a library.

use ffi_runtime::ffi;

#[ffi(export)]
pub fn lib_count() -> u32 {
    0
}

fn main() {}
