//! A function without state cannot be cancelled.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct Lib;

#[ffi(library = "lib", cancel = "drop")]
pub async fn lib_parse(text: String) -> String {
    text
}

fn main() {}
