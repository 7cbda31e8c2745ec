//! The two C forms of text, of which each library has one: a pointer with a length, or NUL-terminated as in C.
//!
//! A type crosses in libraries of both kinds, so its C form is generic over the form of text. Either way a NUL follows
//! the text that a host gets.

use super::forms::{ByLength, NulTerminated, PodText, RawBytes};
use super::reader::Reader;
use crate::error::{Fault, FaultKind};
use crate::schema::Text;
use std::ffi::c_char;

/// The C form of text in a library: [`ByLength`] or [`NulTerminated`].
pub trait TextForm: Sized + 'static {
    /// What stands for text in C.
    type Pod: Copy + 'static;

    /// The form in the library's description.
    const TEXT: Text;

    /// Copies text.
    ///
    /// # Errors
    /// The fault of text that is none, or is too long.
    ///
    /// # Safety
    /// What `pod` points to must be text of this form, readable for the whole call.
    unsafe fn read(pod: Self::Pod, reader: &mut Reader<Self>) -> Result<String, Fault>;

    /// Returns the C form of text, which points to it.
    ///
    /// # Errors
    /// A NUL inside where it would end the text, or no memory.
    fn write(text: &mut String) -> Result<Self::Pod, Fault>;

    /// Returns the C form of text that `raw` points to, with a NUL behind it.
    ///
    /// # Errors
    /// A NUL inside where it would end the text.
    fn write_raw(raw: RawBytes) -> Result<Self::Pod, Fault>;
}

impl TextForm for ByLength {
    type Pod = PodText;

    const TEXT: Text = Text::ByLength;

    #[inline]
    unsafe fn read(pod: PodText, reader: &mut Reader<Self>) -> Result<String, Fault> {
        // SAFETY: the caller's promise.
        unsafe { reader.text(pod) }
    }

    #[inline]
    fn write(text: &mut String) -> Result<PodText, Fault> {
        Self::write_raw(terminated(text)?)
    }

    #[inline]
    fn write_raw(RawBytes { ptr, len }: RawBytes) -> Result<PodText, Fault> {
        Ok(PodText { ptr: ptr.cast(), len })
    }
}

impl TextForm for NulTerminated {
    type Pod = *const c_char;

    const TEXT: Text = Text::C;

    #[inline]
    unsafe fn read(pod: *const c_char, reader: &mut Reader<Self>) -> Result<String, Fault> {
        // SAFETY: the caller's promise.
        unsafe { reader.nul_terminated(pod) }
    }

    #[inline]
    fn write(text: &mut String) -> Result<*const c_char, Fault> {
        Self::write_raw(terminated(text)?)
    }

    #[inline]
    fn write_raw(raw: RawBytes) -> Result<*const c_char, Fault> {
        match find_nul(raw) {
            Some(at) => Err(FaultKind::InnerNul { at }.into()),
            None => Ok(raw.ptr.cast()),
        }
    }
}

/// Puts a NUL right behind the text's bytes without making it part of the text, and returns the bytes before it.
///
/// Text that was read from a request has a spare byte; any other grows by exactly one.
#[inline]
pub(crate) fn terminated(text: &mut String) -> Result<RawBytes, Fault> {
    // SAFETY: the text's own bytes are not changed, only the spare one behind them.
    let bytes = unsafe { text.as_mut_vec() };
    if bytes.is_empty() {
        return Ok(RawBytes::EMPTY);
    }
    if bytes.len() == bytes.capacity() {
        grow(bytes)?;
    }
    if let [spare, ..] = bytes.spare_capacity_mut() {
        spare.write(0);
    }
    Ok(RawBytes { ptr: bytes.as_ptr(), len: bytes.len() })
}

#[cold]
fn grow(bytes: &mut Vec<u8>) -> Result<(), Fault> {
    bytes.try_reserve_exact(1).map_err(|_| FaultKind::OutOfMemory { bytes: bytes.len() + 1 }.into())
}

/// Finds the first NUL, with C's own search: the standard library's looks at a word at a time at most.
#[inline]
fn find_nul(RawBytes { ptr, len }: RawBytes) -> Option<usize> {
    // SAFETY: the text has as many readable bytes as it says.
    let found = unsafe { libc::memchr(ptr.cast(), 0, len) };
    (!found.is_null()).then(|| found.addr() - ptr.addr())
}
