//! Two fields with one name where a `#[cfg]` holds.

use ffi_runtime::ffi;

#[ffi]
pub struct Config {
    pub name: String,
    #[cfg(all())]
    #[ffi(rename = "name")]
    pub title: String,
}

fn main() {}
