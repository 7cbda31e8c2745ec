//! An event that tells a struct without an annotation.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

pub struct Plain;

#[ffi(event)]
pub fn on_it(plain: Plain);

fn main() {}
