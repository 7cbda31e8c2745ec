//! An event with a body.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(event)]
pub fn on_it(number: i64) {
    let _ = number;
}

fn main() {}
