//! Converts whole values to and from both forms, for tests and for authors who need a form themselves.

use crate::error::Fault;
use crate::stack;
use crate::value::pod::{ByLength, TextForm, zero};
use crate::value::types::FfiType;
use crate::value::{cbor, pod};
use std::mem::MaybeUninit;

/// A value together with its mirror and the memory behind both.
///
/// [`to_pod`] or [`Mirrored::new`] makes it, and [`free_pod`] (or dropping it) releases it. Text in it has the form
/// `F`, which is that of the library that it is for.
pub struct Mirrored<T: FfiType, F: TextForm = ByLength> {
    /// Zeroed before it was written, so its padding is zero. Boxed, because moving it as a typed
    /// value would lose the padding.
    pod: Box<MaybeUninit<T::Pod<F>>>,
    _writer: pod::Writer<F>,
    _value: T,
}

impl<T: FfiType, F: TextForm> Mirrored<T, F> {
    /// Mirrors a value, as [`to_pod`] does where text is [`ByLength`].
    ///
    /// # Errors
    /// As for [`to_pod`], and a NUL in text that one ends.
    pub fn new(mut value: T) -> Result<Self, Fault> {
        let mut pod = Box::<T::Pod<F>>::new_uninit();
        let mut writer = pod::Writer::default();
        zero(&mut pod);
        // SAFETY: the place is owned, aligned and zeroed, and outlives the call.
        unsafe { value.write_pod(pod.as_mut_ptr(), &mut writer) }?;
        Ok(Self { pod, _writer: writer, _value: value })
    }

    /// Copies a C value, whose text has the form `F`, into an owned Rust value.
    ///
    /// # Errors
    /// A [`Fault`] with the path to it.
    ///
    /// ```
    /// use ffi_runtime::{Mirrored, NulTerminated};
    ///
    /// let text = c"text".as_ptr();
    /// // SAFETY: the pointer points to NUL-terminated text.
    /// let read = unsafe { Mirrored::<String, NulTerminated>::read(&raw const text) };
    /// assert_eq!(read.unwrap(), "text");
    /// assert!(Mirrored::<_, NulTerminated>::new("inner\0NUL".to_owned()).is_err());
    /// ```
    ///
    /// # Safety
    /// `pod` must point to a value of the mirror's type whose pointers are NULL or point to as
    /// many elements as their lengths say, and to the NUL of text that one ends, all readable for the whole call.
    pub unsafe fn read(pod: *const T::Pod<F>) -> Result<T, Fault> {
        // SAFETY: the caller's promise is the callee's.
        unsafe { T::from_pod(pod, &mut pod::Reader::<F>::new(usize::MAX)) }
    }

    /// Returns the mirror, which is valid as long as `self`.
    pub fn as_ptr(&self) -> *const T::Pod<F> {
        self.pod.as_ptr()
    }
}

/// Mirrors a value for a C reader.
///
/// # Errors
/// A [`Fault`] with the path to it: nesting past [`MAX_NESTING`](crate::MAX_NESTING), or no
/// memory.
///
/// ```
/// let mirrored = ffi_runtime::to_pod(vec![1_i32, 2, 3]).unwrap();
/// // SAFETY: the mirror is valid while `mirrored` lives.
/// let list = unsafe { &*mirrored.as_ptr() };
/// assert_eq!(list.len, 3);
/// ffi_runtime::free_pod(mirrored);
/// ```
pub fn to_pod<T: FfiType>(value: T) -> Result<Mirrored<T>, Fault> {
    Mirrored::new(value)
}

/// Releases a mirror and everything behind it.
pub fn free_pod<T: FfiType, F: TextForm>(mirrored: Mirrored<T, F>) {
    drop(mirrored);
}

/// Copies a C value, whose text has a length, into an owned Rust value.
///
/// # Errors
/// A [`Fault`] with the path to it.
///
/// # Safety
/// As for [`Mirrored::read`].
pub unsafe fn from_pod<T: FfiType>(pod: *const T::Pod<ByLength>) -> Result<T, Fault> {
    // SAFETY: the caller's promise is the callee's.
    unsafe { Mirrored::<T>::read(pod) }
}

/// Writes the CBOR form of a value, as it crosses the boundary.
///
/// # Errors
/// A [`Fault`] with the path to it: nesting past [`MAX_NESTING`](crate::MAX_NESTING).
///
/// ```
/// assert_eq!(ffi_runtime::to_cbor(&vec![1_i64, -1]).unwrap(), [0x82, 0x01, 0x20]);
/// ```
pub fn to_cbor<T: FfiType>(value: &T) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    stack::check(const { stack::of_value::<T>(T::STACK) })?;
    value.encode(&mut cbor::Writer::new(&mut bytes))?;
    Ok(bytes)
}

/// Reads one value from the whole of `bytes`, into at most `budget` bytes of memory.
///
/// # Errors
/// A [`Fault`] with the path to it.
///
/// ```
/// assert_eq!(ffi_runtime::from_cbor::<f64>(&[0x01], 1024).unwrap(), 1.0);
/// assert!(ffi_runtime::from_cbor::<i64>(&[0xf9, 0x3c, 0x00], 1024).is_err());
/// ```
pub fn from_cbor<T: FfiType>(bytes: &[u8], budget: usize) -> Result<T, Fault> {
    let mut reader = cbor::Reader::new(bytes, budget);
    stack::check(const { stack::of_value::<T>(T::STACK) })?;
    let value = T::decode(&mut reader)?;
    reader.finish()?;
    Ok(value)
}
