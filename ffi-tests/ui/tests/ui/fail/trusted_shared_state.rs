//! Safe code that says of a state that threads may read it.

#![forbid(unsafe_code)]

use ffi_runtime::__private_0_1_0 as private;
use ffi_runtime::ffi;

ffi_runtime::library!("letters");

/// Its worker borrows it alone.
#[ffi(state)]
pub struct Letters {
    list: Vec<String>,
}

impl private::SharedState for Letters {}

#[ffi(inline)]
pub fn letters_count(letters: &Letters) -> u64 {
    letters.list.len() as u64
}

#[ffi(ctor)]
pub fn letters_create() -> Letters {
    unreachable!()
}

#[ffi(dtor)]
pub fn letters_destroy(_state: Letters) {}

fn main() {}
