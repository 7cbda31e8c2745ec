//! An option that a state does not have.

use ffi_runtime::ffi;

#[ffi(library = "lib", rename = "Other")]
pub struct State;

fn main() {}
