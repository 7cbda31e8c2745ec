//! A type's C form as a host sees it, written a second time.

use super::maker::Maker;
use std::mem::MaybeUninit;

/// A type that crosses the boundary natively.
///
/// # Safety
/// The C form must be valid where all its bytes are zero.
pub(crate) unsafe trait Mirror: Default + 'static {
    /// The C form.
    type C: 'static;

    /// Whether a list of it is one level of nesting.
    const LIST_NESTS: bool = true;

    /// Makes a value's C form, and gives both. After a fault what they are does not matter, but
    /// that the C form is one.
    fn make(maker: &mut Maker<'_>) -> (Self, Self::C);

    /// Asserts that the C form is this value's, down to its padding.
    ///
    /// # Safety
    /// Its pointers must point to what their lengths say, and all its bytes must be written.
    unsafe fn compare(&self, c: &Self::C);

    /// Asserts that this is the answer that has this value as its result.
    ///
    /// # Safety
    /// There must be as many readable bytes, which hold a result.
    unsafe fn compare_answer(&self, msg: *const u8, len: usize) {
        let c: *const Self::C = msg.cast();
        assert_eq!(len, size_of::<Self::C>(), "the result's size");
        assert!(c.is_aligned(), "the result is aligned");
        // SAFETY: it is aligned, and the caller promises that a result stands there.
        let c = unsafe { &*c };
        // SAFETY: the caller's promise.
        unsafe { self.compare(c) };
    }

    /// As [`Mirror::compare_answer`], for a list of this type.
    ///
    /// # Safety
    /// As there.
    unsafe fn compare_list_answer(items: &[Self], msg: *const u8, len: usize) {
        let c: *const ffi_runtime::PodList<Self::C> = msg.cast();
        assert_eq!(len, size_of::<ffi_runtime::PodList<Self::C>>(), "the size of a list");
        assert!(c.is_aligned(), "the list is aligned");
        // SAFETY: it is aligned, and the caller promises that a result stands there.
        let c = unsafe { &*c };
        // SAFETY: the caller's promise.
        unsafe { compare_list(items, c) };
    }
}

/// Asserts that the C form of a list is this one's.
///
/// # Safety
/// As for [`Mirror::compare`].
pub(crate) unsafe fn compare_list<T: Mirror>(items: &[T], c: &ffi_runtime::PodList<T::C>) {
    assert_eq!(c.len, items.len(), "the list's length");
    assert_eq!(c.ptr.is_null(), items.is_empty(), "an empty list is NULL");
    for (index, item) in items.iter().enumerate() {
        // SAFETY: the index is below the length that the caller vouches for.
        let element = unsafe { c.ptr.add(index) };
        // SAFETY: the caller vouches for the element.
        let element = unsafe { &*element };
        // SAFETY: the caller's promise.
        unsafe { item.compare(element) };
    }
}

/// The C form that is all zero.
pub(crate) fn blank<T: Mirror>() -> T::C {
    // SAFETY: the trait promises that zeros are valid.
    unsafe { MaybeUninit::zeroed().assume_init() }
}

/// The bytes of a C form.
///
/// # Safety
/// All of them must be written, the padding too.
pub(crate) unsafe fn bytes_of<C>(c: &C) -> &[u8] {
    // SAFETY: as many bytes are readable, and the caller promises that they were written.
    unsafe { std::slice::from_raw_parts(std::ptr::from_ref(c).cast(), size_of::<C>()) }
}
