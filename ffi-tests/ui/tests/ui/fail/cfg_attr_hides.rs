//! A `#[cfg_attr]` that hides an option.

use ffi_runtime::ffi;

#[ffi]
pub struct Config {
    #[cfg_attr(all(), ffi(rename = "title"))]
    pub name: String,
}

fn main() {}
