//! A state that was given no library, borrowed alone.

use ffi_runtime::ffi;

pub struct State;

#[ffi]
pub fn lib_change(_state: &mut State) {}

fn main() {}
