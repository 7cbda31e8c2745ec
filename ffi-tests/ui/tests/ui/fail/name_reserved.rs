//! A name that generated code has for itself.

use ffi_runtime::ffi;

#[ffi]
pub struct Config {
    pub __empty: u8,
}

fn main() {}
