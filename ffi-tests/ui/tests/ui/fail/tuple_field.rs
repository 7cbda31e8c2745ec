//! A tuple as a field.

use ffi_runtime::ffi;

#[ffi]
pub struct Line {
    pub ends: Vec<(f64, f64)>,
}

fn main() {}
