//! The annotated types of the library.

use super::maker::Maker;
use super::mirror::{Mirror, blank, bytes_of};
use every::everything::{
    Block, Currency, Empty, Everything, Keywords, Level, Link, Money, Page, Point, Sign, Temperatures, Tree,
};
use std::mem::offset_of;

macro_rules! enumerations {
    ($($ty:ident: $($variant:ident)*;)*) => {$(
        // SAFETY: an `int32_t`.
        unsafe impl Mirror for $ty {
            type C = i32;

            fn make(maker: &mut Maker<'_>) -> (Self, i32) {
                let variants = [$(Self::$variant),*];
                let value = match maker.bytes.byte() {
                    choice @ ..0xf0 => variants[usize::from(choice) % variants.len()] as i32,
                    _ => i32::from_ne_bytes(maker.bytes.array()),
                };
                let variant = variants.into_iter().find(|&variant| variant as i32 == value);
                if variant.is_none() {
                    maker.fault(format_args!("{value} is not a value of the enumeration"));
                }
                (variant.unwrap_or_default(), value)
            }

            unsafe fn compare(&self, c: &i32) {
                assert_eq!(*c, *self as i32);
            }
        }
    )*};
}

enumerations! {
    Level: Lowest Middle Next Highest;
    Currency: Euro Yen;
}

macro_rules! records {
    ($($ty:ident $c:ident { $($field:ident $($name:literal)?: $of:ty,)* })*) => {$(
        #[doc = concat!("`every_", stringify!($ty), "` in C.")]
        #[repr(C)]
        pub(crate) struct $c {
            $($field: <$of as Mirror>::C,)*
        }

        const _: () = assert!(size_of::<$c>() == size_of::<<$ty as ffi_runtime::FfiType>::Pod<ffi_runtime::ByLength>>());

        // SAFETY: a struct of C, whose fields are the C forms of types that promise the same.
        unsafe impl Mirror for $ty {
            type C = $c;

            fn make(maker: &mut Maker<'_>) -> (Self, $c) {
                let made = maker.level(|maker| {
                    $(let $field = maker.at_key(records!(@name $field $($name)?), <$of>::make);)*
                    (Self { $($field: $field.0),* }, $c { $($field: $field.1),* })
                });
                made.unwrap_or_else(|| (Self::default(), blank::<Self>()))
            }

            unsafe fn compare(&self, c: &$c) {
                // SAFETY: the caller promises that all is written.
                let mut padding = unsafe { bytes_of(c) }.to_vec();
                $(padding[offset_of!($c, $field)..][..size_of::<<$of as Mirror>::C>()].fill(0);)*
                assert!(padding.iter().all(|&byte| byte == 0), "padding is zero");
                $(
                    // SAFETY: the caller's promise.
                    unsafe { self.$field.compare(&c.$field) };
                )*
            }
        }
    )*};
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $name:literal) => { $name };
}

records! {
    Point PointC {
        x: f64,
        y: Option<f64>,
    }
    Money MoneyC {
        cents: i64,
        currency: Currency,
    }
    Tree TreeC {
        value: i32,
        children: Vec<Tree>,
    }
    Page PageC {
        title: String,
        first: Block,
        others: Vec<Block>,
        sign: Option<Sign>,
    }
    Link LinkC {
        value: i32,
        next: Option<Box<Link>>,
    }
    Keywords KeywordsC {
        r#type "type": i8,
        r#struct "struct": i8,
        class: i8,
        int: i8,
        new: i8,
        linux: i8,
        errno: i8,
        other_name "otherName": i8,
    }
    Everything EverythingC {
        byte: u8,
        i8: i8,
        i16: i16,
        i32: i32,
        i64: i64,
        u16: u16,
        u32: u32,
        u64: u64,
        isize: isize,
        usize: usize,
        f32: f32,
        f64: f64,
        bool: bool,
        char: char,
        string: String,
        bytes: Vec<u8>,
        level: Level,
        point: Point,
        empty: Empty,
        money: Money,
        keywords: Keywords,
        temperatures: Temperatures,
        list_i8: Vec<i8>,
        list_i64: Vec<i64>,
        list_f64: Vec<f64>,
        list_bool: Vec<bool>,
        list_char: Vec<char>,
        list_string: Vec<String>,
        list_bytes: Vec<Vec<u8>>,
        list_level: Vec<Level>,
        list_point: Vec<Point>,
        list_empty: Vec<Empty>,
        list_list: Vec<Vec<i32>>,
        list_option: Vec<Option<i16>>,
        list_option_string: Vec<Option<String>>,
        list_box: Vec<Box<i64>>,
        option_i64: Option<i64>,
        option_byte: Option<u8>,
        option_f64: Option<f64>,
        option_bool: Option<bool>,
        option_char: Option<char>,
        option_string: Option<String>,
        option_bytes: Option<Vec<u8>>,
        option_level: Option<Level>,
        option_point: Option<Point>,
        option_list: Option<Vec<String>>,
        option_list_option: Option<Vec<Option<Level>>>,
        option_box: Option<Box<Point>>,
        box_i32: Box<i32>,
        box_string: Box<String>,
        box_list: Box<Vec<Point>>,
        box_option: Box<Option<i32>>,
        box_box: Box<Box<u8>>,
        tree: Tree,
        link: Link,
    }
}

// SAFETY: one `uint8_t`, since C has no empty struct.
unsafe impl Mirror for Empty {
    type C = u8;

    fn make(maker: &mut Maker<'_>) -> (Self, u8) {
        maker.level(|_| ());
        (Self {}, 0)
    }

    unsafe fn compare(&self, c: &u8) {
        assert_eq!(*c, 0, "padding is zero");
    }
}
