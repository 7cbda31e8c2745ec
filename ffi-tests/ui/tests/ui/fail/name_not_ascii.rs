//! A Rust name that C cannot spell.

use ffi_runtime::ffi;

#[ffi]
pub struct Size {
    pub größe: f64,
}

fn main() {}
