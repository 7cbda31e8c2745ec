//! A limit that is no number above zero.

use ffi_runtime::ffi;

ffi_runtime::library!("lib", queue_limit = -1);

#[ffi(state)]
pub struct State;

fn main() {}
