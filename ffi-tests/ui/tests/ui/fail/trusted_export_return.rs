//! Safe code that says what an export returns in C.

#![forbid(unsafe_code)]

use ffi_runtime::__private_0_1_0 as private;
use ffi_runtime::ffi;

ffi_runtime::library!("letters");

#[ffi(state)]
pub struct Letters;

/// A record to the description, a byte to the caller.
#[ffi]
pub struct Letter {
    text: String,
}

impl private::ExportReturn for Letter {
    type C = u8;

    fn absent() -> u8 {
        0
    }

    fn into_c(self) -> u8 {
        self.text.len() as u8
    }
}

#[ffi(export)]
pub fn letters_first() -> Letter {
    Letter { text: String::new() }
}

fn main() {}
