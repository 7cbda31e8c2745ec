//! Exports of lists and options of a type without `#[ffi]`.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct Lib;

pub struct Point;

#[ffi(export)]
pub fn lib_norm(_points: Vec<Point>) -> f64 {
    0.0
}

#[ffi(export)]
pub fn lib_origin() -> Option<Box<Point>> {
    None
}

fn main() {}
