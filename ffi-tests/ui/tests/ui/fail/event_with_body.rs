//! An event with a body.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

#[ffi(event)]
pub fn on_it(number: i64) {
    let _ = number;
}

fn main() {}
