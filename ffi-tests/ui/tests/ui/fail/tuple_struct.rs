//! A struct whose fields have no names.

use ffi_runtime::ffi;

#[ffi]
pub struct Meters(pub f64);

fn main() {}
