//! An unsafe function without state.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct Lib;

#[ffi]
pub unsafe fn lib_parse(text: String) -> String {
    text
}

fn main() {}
