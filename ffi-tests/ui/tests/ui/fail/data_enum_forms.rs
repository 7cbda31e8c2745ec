//! A number for a tag, and a case for names that are not there.

use ffi_runtime::ffi;

#[ffi]
#[repr(u8)]
pub enum Shape {
    Circle { radius: f64 } = 3,
    Point = 7,
    #[ffi(rename_all = "camelCase")]
    Line(f64),
    #[ffi(rename_all = "camelCase")]
    Nothing,
}

fn main() {}
