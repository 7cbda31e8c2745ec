//! A function without state that is inline by its option as well.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct Lib;

#[ffi(inline)]
pub fn lib_parse(text: String) -> String {
    text
}

fn main() {}
