//! A function without state that is inline by its option as well.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct Lib;

#[ffi(library = "lib", inline)]
pub fn lib_parse(text: String) -> String {
    text
}

fn main() {}
