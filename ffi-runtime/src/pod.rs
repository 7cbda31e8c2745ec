//! The native path: C memory in, C memory out, nothing serialized.
//!
//! - In: one deep copy from the caller's memory straight into owned Rust values. Every check
//!   happens on the way; what cannot be checked (a dangling pointer, a length past its
//!   buffer) is the caller's duty.
//! - Out: the mirror points into the Rust value wherever the layouts agree (text, bytes,
//!   lists of scalars) and into a [`PodSink`] elsewhere. Value and sink live until the
//!   callback has returned, and each frees what it allocated.
//! - What is sent is written field by field into zeroed memory, so its padding is zero.

mod sink;
mod source;

pub use sink::PodSink;
pub use source::PodSource;
pub(crate) use source::{check_utf8, reserve, with_spare};

use crate::error::Fault;
use crate::types::FfiType;
use std::ffi::c_int;
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
    /// Any non-zero value means that `value` is there.
    pub present: c_int,
    /// Read only where `present` is not zero, and zero in what is sent without a value.
    pub value: MaybeUninit<P>,
}

impl<P: Copy> Clone for PodOption<P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P: Copy> Copy for PodOption<P> {}

/// A value together with its mirror and the memory behind both.
///
/// [`to_pod`] makes it and [`free_pod`] (or dropping it) releases it.
pub struct Mirrored<T: FfiType> {
    /// Zeroed before it was written, so its padding is zero. Boxed: moving it as a typed
    /// value would lose the padding.
    pod: Box<MaybeUninit<T::Pod>>,
    _sink: PodSink,
    _value: T,
}

impl<T: FfiType> Mirrored<T> {
    /// The mirror, valid as long as `self`.
    pub fn as_ptr(&self) -> *const T::Pod {
        self.pod.as_ptr()
    }
}

/// Mirrors a value for a C reader.
///
/// # Errors
/// A [`Fault`] with the path to it: a string with an inner NUL, nesting past
/// [`MAX_NESTING`](crate::MAX_NESTING), or no memory.
///
/// ```
/// let mirrored = ffi_runtime::to_pod(vec![1_i32, 2, 3]).unwrap();
/// // SAFETY: the mirror is valid while `mirrored` lives.
/// let list = unsafe { &*mirrored.as_ptr() };
/// assert_eq!(list.len, 3);
/// ffi_runtime::free_pod(mirrored);
/// ```
pub fn to_pod<T: FfiType>(mut value: T) -> Result<Mirrored<T>, Fault> {
    let mut pod = Box::<T::Pod>::new_uninit();
    let mut sink = PodSink::default();
    zero(&mut pod);
    // SAFETY: the place is owned, aligned and zeroed, and outlives the call.
    unsafe { value.write_pod(pod.as_mut_ptr(), &mut sink) }?;
    Ok(Mirrored { pod, _sink: sink, _value: value })
}

/// Releases a mirror and everything behind it.
pub fn free_pod<T: FfiType>(mirrored: Mirrored<T>) {
    drop(mirrored);
}

/// Copies a C value into an owned Rust value.
///
/// # Errors
/// A [`Fault`] with the path to it.
///
/// # Safety
/// `pod` must point to a value of the mirror's type whose pointers are NULL or point to as
/// many elements as their lengths say, all readable for the whole call.
pub unsafe fn from_pod<T: FfiType>(pod: *const T::Pod) -> Result<T, Fault> {
    // SAFETY: the caller's promise is the callee's.
    unsafe { T::from_pod(pod, &mut PodSource::new(usize::MAX)) }
}

/// Fills a place with zero bytes before it is written, for the sake of its padding.
#[inline]
pub(crate) fn zero<P>(place: &mut MaybeUninit<P>) {
    // SAFETY: the place is valid for writes of its own size, and zero bytes need no invariant
    // in a `MaybeUninit`.
    unsafe { std::ptr::write_bytes(place.as_mut_ptr(), 0, 1) };
}
