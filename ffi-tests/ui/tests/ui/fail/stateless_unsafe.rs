//! An unsafe function without state.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct Lib;

#[ffi(library = "lib")]
pub unsafe fn lib_parse(text: String) -> String {
    text
}

fn main() {}
