//! A struct that crosses and is to be shared.

use ffi_runtime::ffi;

#[ffi(shared)]
pub struct Point {
    pub x: f64,
}

fn main() {}
