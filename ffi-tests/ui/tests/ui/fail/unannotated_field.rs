//! A field of a type without `#[ffi]`.

use ffi_runtime::ffi;

pub struct Inner {
    pub value: u32,
}

#[ffi]
pub struct Outer {
    pub inner: Option<Inner>,
}

fn main() {}
