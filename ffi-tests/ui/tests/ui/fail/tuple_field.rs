//! Tuples that are too long, and those of nothing.

use ffi_runtime::ffi;

#[ffi]
pub struct Line {
    pub ends: Vec<(u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8)>,
    pub nothing: Option<()>,
    pub inner: (u8, ()),
}

fn main() {}
