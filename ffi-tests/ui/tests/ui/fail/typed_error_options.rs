//! Options of errors at what is none.

use ffi_runtime::ffi;

#[ffi(flat)]
pub struct Flat {
    pub number: u32,
}

#[ffi(flat)]
pub enum FlatEnum {
    One,
}

#[ffi]
pub struct WithText {
    #[ffi(text)]
    pub cause: String,
}

#[ffi(error = "yes")]
pub struct Valued {
    pub number: u32,
}

#[ffi(error, flat, flat)]
pub enum Twice {
    One,
}

#[ffi(error)]
pub enum InVariant {
    #[ffi(text)]
    One,
}

fn main() {}
