//! Enums with data over types and lifetimes.

use ffi_runtime::ffi;

#[ffi]
pub enum Shape<T> {
    Point,
    Filled(T),
}

#[ffi]
pub enum Label<'a> {
    None,
    Text(&'a str),
}

fn main() {}
