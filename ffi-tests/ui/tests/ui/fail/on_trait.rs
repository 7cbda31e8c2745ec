//! `#[ffi]` on a trait.

use ffi_runtime::ffi;

#[ffi]
pub trait Service {
    fn call(&self);
}

fn main() {}
