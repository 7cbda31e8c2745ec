//! A struct with a lifetime.

use ffi_runtime::ffi;

#[ffi]
pub struct Greeting<'a> {
    pub text: std::borrow::Cow<'a, str>,
}

fn main() {}
