//! An event that takes the state.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(event)]
pub fn on_it(state: &State, number: i64);

fn main() {}
