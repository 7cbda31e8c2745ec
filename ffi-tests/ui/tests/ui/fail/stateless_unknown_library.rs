//! A function of a library that there is not.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct Lib;

#[ffi(library = "bil")]
pub fn bil_parse(text: String) -> String {
    text
}

fn main() {}
