//! An inline handler on a state that was given no library.

use ffi_runtime::ffi;

pub struct State;

#[ffi(inline)]
pub fn lib_read(_state: &State) -> u32 {
    0
}

fn main() {}
