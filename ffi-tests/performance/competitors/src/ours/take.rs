//! What a callback makes of what it is given.

use super::pods::{List, Maybe, RecordPod, Text};
use crate::host::{Message, Record, Sum, own_text};
use std::ffi::CString;

/// What a callback is given.
#[derive(Clone, Copy)]
pub(super) struct Raw {
    pub(super) msg: *const u8,
    pub(super) len: usize,
}

/// What can be made of an answer.
pub(super) trait Take: Sized {
    /// # Safety
    /// It must be the answer of a function with this result, and still be there.
    unsafe fn take(raw: Raw) -> Self;
}

/// The sum of an answer, read where it is.
pub(super) struct TextSum(pub(super) Sum);
pub(super) struct BytesSum(pub(super) Sum);
pub(super) struct NumbersSum(pub(super) Sum);
pub(super) struct RecordSum(pub(super) Sum);

impl Raw {
    unsafe fn bytes<'a>(self) -> &'a [u8] {
        // SAFETY: a library gives a pointer to this many bytes, never NULL.
        unsafe { std::slice::from_raw_parts(self.msg, self.len) }
    }

    unsafe fn value<T: Copy>(self) -> T {
        assert_eq!(self.len, size_of::<T>(), "the answer has its type's size");
        // SAFETY: the library gives a pointer to one.
        unsafe { *self.msg.cast::<T>() }
    }
}

impl Take for () {
    unsafe fn take(_raw: Raw) {}
}

impl Take for i32 {
    unsafe fn take(raw: Raw) -> Self {
        // SAFETY: the caller's promise.
        unsafe { raw.value() }
    }
}

impl Take for CString {
    unsafe fn take(raw: Raw) -> Self {
        // SAFETY: the caller's promise.
        own_text(unsafe { raw.bytes() })
    }
}

impl Take for TextSum {
    unsafe fn take(raw: Raw) -> Self {
        // SAFETY: the caller's promise.
        Self(Sum::of_text(unsafe { raw.bytes() }))
    }
}

impl Take for Vec<u8> {
    unsafe fn take(raw: Raw) -> Self {
        // SAFETY: the caller's promise.
        unsafe { raw.bytes() }.to_vec()
    }
}

impl Take for BytesSum {
    unsafe fn take(raw: Raw) -> Self {
        // SAFETY: the caller's promise.
        Self(Sum::of_bytes(unsafe { raw.bytes() }))
    }
}

impl Take for Vec<f64> {
    unsafe fn take(raw: Raw) -> Self {
        // SAFETY: the caller's promise.
        let list: List<f64> = unsafe { raw.value() };
        // SAFETY: as above.
        unsafe { list.items() }.to_vec()
    }
}

impl Take for NumbersSum {
    unsafe fn take(raw: Raw) -> Self {
        // SAFETY: the caller's promise.
        let list: List<f64> = unsafe { raw.value() };
        // SAFETY: as above.
        Self(Sum::of_numbers(unsafe { list.items() }))
    }
}

impl Take for Record {
    unsafe fn take(raw: Raw) -> Self {
        // SAFETY: the caller's promise.
        let pod: RecordPod = unsafe { raw.value() };
        // SAFETY: what the struct points at is there as long as it is, and so for all below.
        let own = |text| own_text(unsafe { bytes(text) });
        Self {
            name: own(pod.name),
            // SAFETY: as above.
            messages: unsafe { pod.messages.items() }
                .iter()
                .map(|from| Message { text: own(from.text), delay_ms: from.delay_ms })
                .collect(),
            // SAFETY: as above.
            tags: unsafe { pod.tags.items() }.iter().map(|&tag| own(tag)).collect(),
            note: option(pod.note).map(own),
            retries: option(pod.retries),
        }
    }
}

impl Take for RecordSum {
    unsafe fn take(raw: Raw) -> Self {
        // SAFETY: the caller's promise.
        let pod: RecordPod = unsafe { raw.value() };
        let mut sum = Sum::default();
        // SAFETY: what the struct points at is there as long as it is, and so for all below.
        let add = |sum: &mut Sum, text| sum.add_text(unsafe { bytes(text) });
        add(&mut sum, pod.name);
        // SAFETY: as above.
        for message in unsafe { pod.messages.items() } {
            add(&mut sum, message.text);
            sum.add_number(message.delay_ms);
        }
        // SAFETY: as above.
        unsafe { pod.tags.items() }.iter().for_each(|&tag| add(&mut sum, tag));
        option(pod.note).into_iter().for_each(|note| add(&mut sum, note));
        option(pod.retries).into_iter().for_each(|retries| sum.add_number(retries));
        Self(sum)
    }
}

fn option<T>(maybe: Maybe<T>) -> Option<T> {
    (maybe.present != 0).then_some(maybe.value)
}

/// # Safety
/// There must be a text of the library's.
unsafe fn bytes<'a>(text: Text) -> &'a [u8] {
    // SAFETY: the caller's promise.
    unsafe { std::slice::from_raw_parts(text.ptr.cast(), text.len) }
}
