//! `#[ffi]` on a module.

use ffi_runtime::ffi;

#[ffi]
pub mod api {}

fn main() {}
