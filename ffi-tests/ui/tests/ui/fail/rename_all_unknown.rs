//! A case that does not exist.

use ffi_runtime::ffi;

#[ffi(rename_all = "kebab-case")]
pub struct Config {}

fn main() {}
