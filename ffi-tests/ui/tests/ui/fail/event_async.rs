//! An async event.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(event)]
pub async fn on_it();

fn main() {}
