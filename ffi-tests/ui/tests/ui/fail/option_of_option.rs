//! An option inside an option.

use ffi_runtime::ffi;

#[ffi]
pub struct Patch {
    pub name: Option<Option<String>>,
}

fn main() {}
