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
    beside_give_i8(i8);
    beside_give_i16(i16);
    beside_give_i32(i32);
    beside_give_i64(i64);
    beside_give_u8(u8);
    beside_give_u16(u16);
    beside_give_u32(u32);
    beside_give_u64(u64);
    beside_give_isize(isize);
    beside_give_usize(usize);
    beside_give_f32(f32);
    beside_give_f64(f64);
    beside_give_bool(bool);
    beside_give_char(char);
    beside_give_level(Level);
}

/// Takes several, of which one is not there.
#[ffi(export, rename = "beside_mixed", rename_all = "camelCase")]
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
#[ffi(export)]
pub fn beside_answer() -> u32 {
    42
}

/// Is not there.
#[cfg(any())]
#[ffi(export)]
pub fn beside_lacking() {}

/// Takes and returns nothing.
#[ffi(export)]
pub fn beside_rest() {}

/// Panics unless the fuse is 0.
#[ffi(export)]
pub fn beside_explode(fuse: i32) -> i32 {
    assert!(fuse == 0, "told to explode");
    7
}
