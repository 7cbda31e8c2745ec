//! A crate that declares no library.

use ffi_runtime::ffi;

#[ffi(state)]
pub struct State;

#[ffi]
pub async fn version(_state: &State, _long: bool) -> String {
    String::new()
}

#[ffi(export)]
pub fn count() -> u32 {
    0
}

#[ffi(event)]
pub fn on_it();

fn main() {}
