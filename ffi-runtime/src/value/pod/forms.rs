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
