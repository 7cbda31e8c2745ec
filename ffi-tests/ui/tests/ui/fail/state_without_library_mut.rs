//! A state that was not annotated, borrowed alone.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

pub struct State;

#[ffi]
pub fn lib_change(_state: &mut State) {}

fn main() {}
