//! A function without state has no deadline.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct Lib;

#[ffi(deadline_ms = 100)]
pub async fn lib_parse(text: String) -> String {
    text
}

fn main() {}
