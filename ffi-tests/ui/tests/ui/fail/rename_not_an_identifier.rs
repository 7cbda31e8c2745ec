//! A name that C cannot spell.

use ffi_runtime::ffi;

#[ffi(rename = "my-config")]
pub struct Config {}

fn main() {}
