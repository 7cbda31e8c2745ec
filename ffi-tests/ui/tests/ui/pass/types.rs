//! Every built-in type crosses as a field, a parameter and a result, freely nested.

#![allow(unused_parens)]

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi]
#[derive(Clone, Copy)]
pub enum Level {
    Low = -1,
    High = i32::MAX as isize,
}

#[ffi]
pub struct Empty;

#[ffi]
pub struct Braces {}

#[ffi]
pub struct Scalars {
    pub small: (i8),
    pub i16: i16,
    pub i32: i32,
    pub i64: i64,
    pub isize: isize,
    pub u8: u8,
    pub u16: u16,
    pub u32: u32,
    pub u64: u64,
    pub usize: usize,
    pub f32: f32,
    pub f64: f64,
    pub bool: bool,
    pub char: char,
    pub text: String,
    pub level: Level,
    pub empty: Empty,
    pub braces: Braces,
}

#[ffi]
pub struct Nested {
    pub bytes: Vec<u8>,
    pub lists: Vec<Vec<Vec<u8>>>,
    pub maybe_list: Option<Vec<Option<String>>>,
    pub boxed: Box<Vec<Box<Scalars>>>,
    pub levels: Vec<Option<Level>>,
    pub empties: Option<Box<Empty>>,
    pub whole_path: std::vec::Vec<::std::option::Option<std::boxed::Box<char>>>,
}

#[ffi(ctor)]
fn lib_create(_nested: Nested, _level: Option<Level>) -> State {
    State
}

macro_rules! results {
    ($($name:ident: $ty:ty;)*) => {$(
        #[ffi]
        fn $name(_state: &State, value: $ty) -> $ty {
            value
        }
    )*};
}

results! {
    lib_scalars: Scalars;
    lib_nested: Nested;
    lib_bool: bool;
    lib_char: char;
    lib_text: String;
    lib_bytes_of: Vec<u8>;
    lib_list: Vec<Option<Nested>>;
    lib_option: Option<Box<Level>>;
    lib_empty: Empty;
}

#[ffi(dtor)]
fn lib_destroy(_state: State) {}

fn main() {}
