//! A variant whose field does not cross, used on both paths: told once.

use ffi_runtime::ffi;

ffi_runtime::library!("shapes");

pub struct Unannotated;

#[ffi]
pub enum Shape {
    Point,
    Part(Unannotated),
}

#[ffi]
pub fn area(shape: Shape, beside: Vec<Shape>) -> Option<Shape> {
    beside.into_iter().chain([shape]).next()
}

fn main() {}
