//! An extern event.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(event)]
pub extern "C" fn on_it();

fn main() {}
