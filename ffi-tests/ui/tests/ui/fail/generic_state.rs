//! A state with a type parameter.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State<T> {
    pub value: T,
}

fn main() {}
