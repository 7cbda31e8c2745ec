//! Exports of every scalar.

use ffi_runtime::ffi;
use ffi_tests_types::everything::Level;

/// Functions that return their parameter.
macro_rules! exports {
    ($($name:ident($ty:ty);)*) => {$(
        /// Returns its parameter.
        #[ffi(export)]
        pub fn $name(value: $ty) -> $ty {
            value
        }
    )*};
}

exports! {
    near_give_i8(i8);
    near_give_i16(i16);
    near_give_i32(i32);
    near_give_i64(i64);
    near_give_u8(u8);
    near_give_u16(u16);
    near_give_u32(u32);
    near_give_u64(u64);
    near_give_isize(isize);
    near_give_usize(usize);
    near_give_f32(f32);
    near_give_f64(f64);
    near_give_bool(bool);
    near_give_char(char);
    near_give_level(Level);
}

/// Takes several, of which one is not there.
#[ffi(export, rename = "near_mixed", rename_all = "camelCase")]
pub fn mixed(
    small_one: i8,
    #[cfg(any())] absent: u8,
    real: f64,
    #[ffi(rename = "class")] flag: bool,
    letter: char,
) -> f64 {
    f64::from(small_one) + real + f64::from(u8::from(flag)) + f64::from(u32::from(letter))
}

/// Names its library.
#[ffi(export, library = "near")]
pub fn near_answer() -> u32 {
    42
}

/// Is not there.
#[cfg(any())]
#[ffi(export)]
pub fn near_lacking() {}

/// Takes and returns nothing.
#[ffi(export)]
pub fn near_rest() {}

/// Panics unless the fuse is 0.
#[ffi(export)]
pub fn near_explode(fuse: i32) -> i32 {
    assert!(fuse == 0, "told to explode");
    7
}
