//! A `#[cfg_attr]` on a parameter that hides an option.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi]
pub fn lib_use(_state: &State, #[cfg_attr(all(), ffi(rename = "title"))] _name: String) {}

fn main() {}
