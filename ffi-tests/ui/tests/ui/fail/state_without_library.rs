//! A state that was given no library.

use ffi_runtime::ffi;

pub struct State;

#[ffi]
pub fn lib_version(_state: &State) -> String {
    String::new()
}

fn main() {}
