//! A function without state cannot be cancelled.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct Lib;

#[ffi(cancel = "drop")]
pub async fn lib_parse(text: String) -> String {
    text
}

fn main() {}
