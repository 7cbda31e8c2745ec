//! An enum with data.

use ffi_runtime::ffi;

#[ffi]
pub enum Shape {
    Circle { radius: f64 },
    Point,
}

fn main() {}
