//! Safe code that says of a type with pointers that it is a scalar.

#![forbid(unsafe_code)]

use ffi_runtime::__private_0_1_0 as private;
use ffi_runtime::{ByLength, FfiType, ffi};

/// A record with a pointer in its C form.
#[ffi]
pub struct Letter {
    text: String,
}

impl private::Scalar for Letter {
    type Same = Self;
}

pub fn read(letter: <Letter as FfiType>::Pod<ByLength>) -> bool {
    <Letter as private::ExportParam>::from_c(letter).is_ok()
}

fn main() {}
