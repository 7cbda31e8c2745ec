//! Options where an enum with data takes none, and what takes the place of an option.

use ffi_runtime::ffi;

#[ffi]
pub enum Shape {
    Circle(#[ffi(rename = "radius")] f64),
    #[ffi(rename_all = "shouting")]
    Square { side: f64 },
    Text(#[ffi(text)] String),
    Line { #[ffi(text)] to: String },
    #[ffi(flat)]
    Point,
}

fn main() {}
