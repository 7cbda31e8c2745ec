//! An enum that contains itself by value.

use ffi_runtime::ffi;

#[ffi]
pub enum Shape {
    Point,
    Pair(Shape, Shape),
}

fn main() {}
