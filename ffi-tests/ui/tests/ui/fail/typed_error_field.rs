//! A field of an error that cannot cross, and one that is to be sent as a text that it does not have.

use ffi_runtime::ffi;
use std::fmt;

pub struct Opaque;

#[ffi(error)]
pub struct Missing {
    pub cause: std::io::Error,
    #[ffi(text)]
    pub opaque: Opaque,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("missing")
    }
}

fn main() {}
