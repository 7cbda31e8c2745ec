//! Two variants, and two fields of one, of one name.

use ffi_runtime::ffi;

#[ffi]
pub enum Shape {
    Circle(f64),
    #[ffi(rename = "Circle")]
    Round { radius: f64 },
    Line {
        from: f64,
        #[ffi(rename = "from")]
        to: f64,
    },
}

fn main() {}
