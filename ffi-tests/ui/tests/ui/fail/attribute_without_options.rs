//! A field's attribute that says nothing.

use ffi_runtime::ffi;

#[ffi]
pub struct Config {
    #[ffi]
    pub name: String,
}

fn main() {}
