//! Slices where they have no owner, and of what does not cross.

use ffi_runtime::ffi;

#[ffi]
pub struct Bytes {
    pub bytes: Vec<[u8]>,
    pub names: Box<[&'static str]>,
}

fn main() {}
