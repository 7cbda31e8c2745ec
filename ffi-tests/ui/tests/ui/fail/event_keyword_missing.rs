//! A function without a body.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi]
pub fn lib_call(_state: &State, number: i64) -> i64;

fn main() {}
