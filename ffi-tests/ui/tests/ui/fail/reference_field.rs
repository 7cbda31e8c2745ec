//! A reference as a field.

use ffi_runtime::ffi;

#[ffi]
pub struct Greeting {
    pub text: &str,
}

fn main() {}
