//! An inline handler on a state that was not annotated.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

pub struct State;

#[ffi(inline)]
pub fn lib_read(_state: &State) -> u32 {
    0
}

fn main() {}
