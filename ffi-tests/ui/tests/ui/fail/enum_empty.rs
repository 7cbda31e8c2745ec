//! An enum without variants.

use ffi_runtime::ffi;

#[ffi]
pub enum Never {}

fn main() {}
