//! Arrays of nothing, in a field and within others.

use ffi_runtime::ffi;

#[ffi]
pub struct Digest {
    pub bytes: [u8; 0],
    pub lists: Vec<Option<[String; 0]>>,
}

fn main() {}
