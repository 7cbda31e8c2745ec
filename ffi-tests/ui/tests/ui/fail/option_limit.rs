//! A limit that is no number above zero.

use ffi_runtime::ffi;

#[ffi(library = "lib", queue_limit = -1)]
pub struct State;

fn main() {}
