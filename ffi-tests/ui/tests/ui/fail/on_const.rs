//! `#[ffi]` on a constant.

use ffi_runtime::ffi;

#[ffi]
pub const LIMIT: u32 = 1;

fn main() {}
