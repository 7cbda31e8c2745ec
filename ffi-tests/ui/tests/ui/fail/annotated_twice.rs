//! Two attributes where one has all options.

use ffi_runtime::ffi;

#[ffi(rename = "Q")]
#[ffi(rename_all = "camelCase")]
pub struct Point {
    pub first_axis: u8,
}

#[ffi]
#[ffi_runtime::ffi]
#[derive(Clone, Copy)]
pub enum Shade {
    Light,
    Dark,
}

fn main() {}
