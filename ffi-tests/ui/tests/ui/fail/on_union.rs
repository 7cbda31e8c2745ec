//! `#[ffi]` on a union.

use ffi_runtime::ffi;

#[ffi]
pub union Bits {
    pub float: f32,
    pub word: u32,
}

fn main() {}
