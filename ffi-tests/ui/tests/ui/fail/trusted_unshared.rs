//! Safe code that says of a shared state that its worker alone uses it.

#![forbid(unsafe_code)]

use ffi_runtime::__private_0_1_0 as private;
use ffi_runtime::ffi;

ffi_runtime::library!("letters", shared);

/// Threads share it, so no handler may borrow it alone.
#[ffi(state)]
pub struct Letters {
    list: Vec<String>,
}

impl private::Unshared for Letters {}

#[ffi]
pub fn letters_clear(letters: &mut Letters) {
    letters.list.clear();
}

#[ffi(ctor)]
pub fn letters_create() -> Letters {
    unreachable!()
}

#[ffi(dtor)]
pub fn letters_destroy(_state: Letters) {}

fn main() {}
