//! The C structs of the header, and how they are filled.

use crate::host::Record;
use std::ffi::{CStr, c_char, c_int};
use std::ptr;

#[repr(C)]
#[derive(Clone, Copy)]
pub(super) struct List<T> {
    pub(super) ptr: *const T,
    pub(super) len: usize,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub(super) struct Maybe<T> {
    pub(super) present: c_int,
    pub(super) value: T,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub(super) struct Text {
    pub(super) ptr: *const c_char,
    pub(super) len: usize,
}

impl Text {
    pub(super) fn of(text: &CStr) -> Self {
        Self { ptr: text.as_ptr(), len: text.count_bytes() }
    }
}

#[repr(C)]
#[derive(Clone, Copy)]
pub(super) struct MessagePod {
    pub(super) text: Text,
    pub(super) delay_ms: i64,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub(super) struct RecordPod {
    pub(super) name: Text,
    pub(super) messages: List<MessagePod>,
    pub(super) tags: List<Text>,
    pub(super) note: Maybe<Text>,
    pub(super) retries: Maybe<i64>,
}

impl<T> List<T> {
    pub(super) fn of(items: &[T]) -> Self {
        Self { ptr: items.as_ptr(), len: items.len() }
    }

    /// # Safety
    /// What the library gave must still be there.
    pub(super) unsafe fn items<'a>(self) -> &'a [T] {
        if self.ptr.is_null() {
            return &[];
        }
        // SAFETY: the library gives pointers to this many items.
        unsafe { std::slice::from_raw_parts(self.ptr, self.len) }
    }
}

/// The arrays behind a record's struct, made for a call.
pub(super) struct Rows {
    messages: Vec<MessagePod>,
    tags: Vec<Text>,
}

impl Rows {
    pub(super) fn of(record: &Record) -> Self {
        let messages = record.messages.iter();
        Self {
            messages: messages.map(|from| MessagePod { text: Text::of(&from.text), delay_ms: from.delay_ms }).collect(),
            tags: record.tags.iter().map(|tag| Text::of(tag)).collect(),
        }
    }

    /// The struct, which points at the arrays and the host's texts.
    pub(super) fn record(&self, record: &Record) -> RecordPod {
        RecordPod {
            name: Text::of(&record.name),
            messages: List::of(&self.messages),
            tags: List::of(&self.tags),
            note: maybe(record.note.as_ref().map(|note| Text::of(note)), Text { ptr: ptr::null(), len: 0 }),
            retries: maybe(record.retries, 0),
        }
    }
}

fn maybe<T>(value: Option<T>, absent: T) -> Maybe<T> {
    Maybe { present: value.is_some().into(), value: value.unwrap_or(absent) }
}
