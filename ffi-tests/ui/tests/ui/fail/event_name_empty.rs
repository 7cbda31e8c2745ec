//! Events with an empty name and one that C cannot spell.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(event = "")]
pub fn on_it();

#[ffi(event = "a\0b")]
pub fn on_that();

fn main() {}
