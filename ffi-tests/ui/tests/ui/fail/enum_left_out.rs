//! An enum whose variants are all left out.

use ffi_runtime::ffi;

#[ffi]
pub enum Platform {
    #[cfg(any())]
    Nowhere,
}

fn main() {}
