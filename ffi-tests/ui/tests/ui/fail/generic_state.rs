//! A state with a type parameter.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State<T> {
    pub value: T,
}

fn main() {}
