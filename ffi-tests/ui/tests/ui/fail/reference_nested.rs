//! A reference inside another type.

use ffi_runtime::ffi;

#[ffi]
pub struct Greeting {
    pub lines: Vec<&'static str>,
}

fn main() {}
