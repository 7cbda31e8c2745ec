//! A function without state whose symbol does not begin with its library's name.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct Lib;

#[ffi(library = "lib")]
pub fn parse(text: String) -> String {
    text
}

fn main() {}
