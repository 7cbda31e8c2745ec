//! A function without state that takes a type without `#[ffi]`.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct Lib;

pub struct Point;

#[ffi]
pub fn lib_norm(_point: Point) -> f64 {
    0.0
}

fn main() {}
