//! A function without state has no deadline.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct Lib;

#[ffi(library = "lib", deadline_ms = 100)]
pub async fn lib_parse(text: String) -> String {
    text
}

fn main() {}
