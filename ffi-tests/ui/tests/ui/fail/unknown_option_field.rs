//! An option that a field does not have.

use ffi_runtime::ffi;

#[ffi]
pub struct Config {
    #[ffi(default)]
    pub name: String,
}

fn main() {}
