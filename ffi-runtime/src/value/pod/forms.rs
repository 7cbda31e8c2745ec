//! The C forms of lists, options and text, and memory for C forms.

use std::ffi::{c_char, c_int};
use std::mem::MaybeUninit;

/// `L_list_T` and `L_bytes` in C: an array and its length.
#[repr(C)]
#[derive(Debug)]
pub struct PodList<P> {
    /// The first element; NULL where `len` is 0.
    pub ptr: *mut P,
    /// The number of elements.
    pub len: usize,
}

impl<P> Clone for PodList<P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P> Copy for PodList<P> {}

/// `L_option_T` in C.
#[repr(C)]
pub struct PodOption<P> {
    /// Any non-zero number means that `value` is present.
    pub present: c_int,
    /// Read only where `present` is not zero; zeroed in a mirror without a value.
    pub value: MaybeUninit<P>,
}

impl<P: Copy> Clone for PodOption<P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P: Copy> Copy for PodOption<P> {}

/// `L_entry2_K_V` in C: an entry of a map.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PodEntry<K, V> {
    /// The key.
    pub key: K,
    /// The value.
    pub value: V,
}

/// `L_arrayN_T` in C: as many values as the type says.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PodArray<P, const N: usize> {
    /// The values.
    pub items: [P; N],
}

/// `L_i128` in C.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PodI128 {
    /// The lower 64 bits.
    pub low: u64,
    /// The upper 64 bits.
    pub high: i64,
}

/// `L_u128` in C.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PodU128 {
    /// The lower 64 bits.
    pub low: u64,
    /// The upper 64 bits.
    pub high: u64,
}

/// `L_duration` in C: a span of time.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PodDuration {
    /// Whole seconds.
    pub secs: u64,
    /// Nanoseconds beside them, below 1,000,000,000.
    pub nanos: u32,
}

/// `L_time` in C: a point in time, counted from 1970-01-01T00:00:00Z without leap seconds.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PodTime {
    /// Whole seconds, below zero before 1970.
    pub secs: i64,
    /// Nanoseconds after that second, before 1970 too; below 1,000,000,000.
    pub nanos: u32,
}

/// Defines the C forms of tuples.
macro_rules! tuples {
    ($($len:literal $tuple:ident: $($P:ident $field:ident),*;)*) => {$(
        #[doc = concat!("`L_tuple", $len, "_…` in C: a tuple of as many values.")]
        #[repr(C)]
        #[derive(Clone, Copy, Debug)]
        pub struct $tuple<$($P),*> {
            $(
                #[doc = concat!("The value `", stringify!($field), "`.")]
                pub $field: $P,
            )*
        }
    )*};
}

tuples! {
    1 PodTuple1: A _0;
    2 PodTuple2: A _0, B _1;
    3 PodTuple3: A _0, B _1, C _2;
    4 PodTuple4: A _0, B _1, C _2, D _3;
    5 PodTuple5: A _0, B _1, C _2, D _3, E _4;
    6 PodTuple6: A _0, B _1, C _2, D _3, E _4, G _5;
    7 PodTuple7: A _0, B _1, C _2, D _3, E _4, G _5, H _6;
    8 PodTuple8: A _0, B _1, C _2, D _3, E _4, G _5, H _6, I _7;
    9 PodTuple9: A _0, B _1, C _2, D _3, E _4, G _5, H _6, I _7, J _8;
    10 PodTuple10: A _0, B _1, C _2, D _3, E _4, G _5, H _6, I _7, J _8, K _9;
    11 PodTuple11: A _0, B _1, C _2, D _3, E _4, G _5, H _6, I _7, J _8, K _9, L _10;
    12 PodTuple12: A _0, B _1, C _2, D _3, E _4, G _5, H _6, I _7, J _8, K _9, L _10, M _11;
}

/// `L_text` in C: text by its length, with any content.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PodText {
    /// The first byte of UTF-8; may be NULL where `len` is 0. In what a library writes it is not NULL, and a NUL follows
    /// the text.
    pub ptr: *const c_char,
    /// The number of bytes, the NUL not counted.
    pub len: usize,
}

impl PodText {
    /// Returns the form of a text, which it points to.
    pub const fn of(text: &str) -> Self {
        Self { ptr: text.as_ptr().cast(), len: text.len() }
    }
}

/// Text with its length, as [`PodText`].
#[derive(Debug)]
pub enum ByLength {}

/// Text that a NUL ends, as a `const char *`: `library!("L", text = "c")`.
#[derive(Debug)]
pub enum NulTerminated {}

/// The most bytes of a C form: calls hold copies of it on their stack.
const LARGEST: usize = 64 << 10;

/// Refuses a larger C form, while it is compiled.
pub(crate) const fn check_size<P>() {
    assert!(
        size_of::<P>() <= LARGEST,
        "a type that crosses takes at most 64 KiB in C; hold large ones in a `Vec` or a `Box`"
    );
}

/// The address and the length of a result that crosses as bytes.
#[derive(Clone, Copy, Debug)]
pub struct RawBytes {
    /// Never NULL.
    pub ptr: *const u8,
    /// The number of bytes, a string's NUL not counted.
    pub len: usize,
}

impl RawBytes {
    /// A valid pointer to no bytes; a NUL stands there, for empty text.
    pub const EMPTY: Self = Self { ptr: c"".as_ptr().cast(), len: 0 };
}

/// Fills a place with zero bytes before it is written, for the sake of its padding.
#[inline]
pub(crate) fn zero<P>(place: &mut MaybeUninit<P>) {
    // SAFETY: the place is valid for writes of its own size, and zero bytes need no invariant
    // in a `MaybeUninit`.
    unsafe { std::ptr::write_bytes(place.as_mut_ptr(), 0, 1) };
}
