//! Values as a C program has them.

use std::ffi::{CStr, CString};

/// One message of a record.
#[derive(Debug, PartialEq)]
pub(crate) struct Message {
    pub(crate) text: CString,
    pub(crate) delay_ms: i64,
}

/// Several messages with things that may be absent.
#[derive(Debug, PartialEq)]
pub(crate) struct Record {
    pub(crate) name: CString,
    pub(crate) messages: Vec<Message>,
    pub(crate) tags: Vec<CString>,
    pub(crate) note: Option<CString>,
    pub(crate) retries: Option<i64>,
}

impl Record {
    /// A record with this many messages, each of other length and number.
    pub(crate) fn with_messages(count: i64) -> Self {
        let message =
            |number| Message { text: own_text(format!("message number {number}").as_bytes()), delay_ms: number * 40 };
        Self {
            name: own_text(b"a record of messages"),
            messages: (0..count).map(message).collect(),
            tags: ["urgent", "internal"].map(|tag| own_text(tag.as_bytes())).into(),
            note: Some(own_text(b"to be read at once")),
            retries: Some(3),
        }
    }
}

/// A text of the host's own with these bytes, among which there is no NUL: one allocation, one copy.
pub(crate) fn own_text(bytes: &[u8]) -> CString {
    let mut text = Vec::with_capacity(bytes.len() + 1);
    text.extend_from_slice(bytes);
    // SAFETY: the bytes are texts of this program, and none has a NUL.
    unsafe { CString::from_vec_unchecked(text) }
}

/// A text of this many bytes, which lives as long as the program.
pub(crate) fn text(len: usize) -> &'static CStr {
    let text = "All work and no play makes Jack a dull boy. ".repeat(len / 44 + 1);
    Box::leak(own_text(&text.as_bytes()[..len]).into_boxed_c_str())
}
