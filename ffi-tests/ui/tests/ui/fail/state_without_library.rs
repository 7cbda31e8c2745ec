//! A state that was not annotated.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

pub struct State;

#[ffi]
pub fn lib_version(_state: &State) -> String {
    String::new()
}

fn main() {}
