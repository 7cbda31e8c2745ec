//! The library's record, as its header declares it.

use benched::record::{Message, Record};
use ffi_runtime::{PodList, PodOption, PodText};
use std::mem::MaybeUninit;

/// `benched_Message`.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct MessagePod {
    text: PodText,
    delay_ms: i64,
}

/// `benched_Record`.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct RecordPod {
    name: PodText,
    messages: PodList<MessagePod>,
    tags: PodList<PodText>,
    note: PodOption<PodText>,
    retries: PodOption<i64>,
}

impl RecordPod {
    /// The record in C's terms, in memory that lives as long as the program.
    pub(crate) fn new(record: &Record) -> Self {
        let message = |message: &Message| MessagePod { text: text(&message.text), delay_ms: message.delay_ms };
        Self {
            name: text(&record.name),
            messages: list(record.messages.iter().map(message)),
            tags: list(record.tags.iter().map(|tag| text(tag))),
            note: option(record.note.as_deref().map(text)),
            retries: option(record.retries),
        }
    }
}

fn text(text: &str) -> PodText {
    PodText::of(text.to_owned().leak())
}

fn list<T>(items: impl Iterator<Item = T>) -> PodList<T> {
    let items = Vec::leak(items.collect());
    PodList { ptr: items.as_mut_ptr(), len: items.len() }
}

fn option<T>(value: Option<T>) -> PodOption<T> {
    let present = value.is_some().into();
    PodOption { present, value: value.map_or(MaybeUninit::zeroed(), MaybeUninit::new) }
}
