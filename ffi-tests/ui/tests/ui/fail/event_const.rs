//! A const event.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(event)]
pub const fn on_it();

fn main() {}
