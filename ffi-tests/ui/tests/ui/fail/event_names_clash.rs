//! Two parameters of one name.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(event)]
pub fn on_it(first: i64, #[ffi(rename = "first")] second: i64);

fn main() {}
