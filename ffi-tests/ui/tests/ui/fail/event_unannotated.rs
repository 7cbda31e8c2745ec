//! An event that tells a struct without an annotation.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

pub struct Plain;

#[ffi(event)]
pub fn on_it(plain: Plain);

fn main() {}
