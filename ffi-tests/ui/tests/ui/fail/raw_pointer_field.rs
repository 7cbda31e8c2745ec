//! A raw pointer as a field.

use ffi_runtime::ffi;

#[ffi]
pub struct Buffer {
    pub data: *mut u8,
}

fn main() {}
