//! A struct with a type parameter.

use ffi_runtime::ffi;

#[ffi]
pub struct Page<T> {
    pub items: Vec<T>,
}

fn main() {}
