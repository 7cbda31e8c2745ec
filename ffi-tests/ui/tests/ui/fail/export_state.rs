//! An export that takes the state.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct Lib;

#[ffi(export)]
pub fn lib_count(_lib: &Lib) -> u32 {
    0
}

fn main() {}
