//! An export that takes a struct.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct Lib;

#[ffi]
pub struct Point {
    pub x: f64,
}

#[ffi(export)]
pub fn lib_norm(point: Point) -> f64 {
    point.x
}

fn main() {}
