//! Names that a library has of its own.

use ffi_runtime::ffi;

ffi_runtime::library!("lib", names = "short");

#[ffi(export)]
pub fn ffi_schema() {}

#[ffi(export)]
pub fn lib_ffi_() {}

#[ffi]
pub fn close() {}

#[ffi]
pub fn call() {}

fn main() {}
