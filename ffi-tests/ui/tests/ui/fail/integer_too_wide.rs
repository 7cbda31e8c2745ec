//! An integer that CBOR and C do not have.

use ffi_runtime::ffi;

#[ffi]
pub struct Wide {
    pub value: i128,
}

fn main() {}
