//! A slice as a field.

use ffi_runtime::ffi;

#[ffi]
pub struct Bytes {
    pub bytes: Box<[u8]>,
}

fn main() {}
