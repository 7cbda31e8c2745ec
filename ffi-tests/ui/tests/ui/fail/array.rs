//! An array as a field.

use ffi_runtime::ffi;

#[ffi]
pub struct Digest {
    pub bytes: [u8; 32],
}

fn main() {}
