//! An event that takes the state.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(event)]
pub fn on_it(state: &State, number: i64);

fn main() {}
