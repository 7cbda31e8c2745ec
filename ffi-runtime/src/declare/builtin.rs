//! The events that every library with a constructor has.

use super::event::{Event, EventInfo};
use crate::ffi;
use crate::schema::Text;

/// Some events were dropped, because their listeners did not keep up.
#[ffi]
#[derive(Clone, Copy, Debug)]
pub(crate) struct EventsDropped {
    /// How many were dropped here.
    pub count: u64,
}

/// The context's worker has not turned its loop for a while.
#[ffi]
#[derive(Clone, Copy, Debug)]
pub(crate) struct NotResponding {
    /// For how many milliseconds.
    pub stalled_ms: u64,
}

/// The context's worker turns its loop again.
#[ffi]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Responding {}

// SAFETY: no event of an author's may have the name.
unsafe impl Event for EventsDropped {
    type Payload = Self;
    const INFO: EventInfo = builtin(
        "events_dropped",
        "EventsDropped",
        &["Some events were dropped, because their listeners did not keep up."],
    );
}

// SAFETY: no event of an author's may have the name.
unsafe impl Event for NotResponding {
    type Payload = Self;
    const INFO: EventInfo =
        builtin("not_responding", "NotResponding", &["The context's worker has not turned its loop for a while."]);
}

// SAFETY: no event of an author's may have the name.
unsafe impl Event for Responding {
    type Payload = Self;
    const INFO: EventInfo = builtin("responding", "Responding", &["The context's worker turns its loop again."]);
}

/// Name and place of such an event, in which there is no text.
const fn builtin(name: &'static str, rust_name: &'static str, docs: &'static [&'static str]) -> EventInfo {
    EventInfo { name, rust_name, docs, place: ("", 0, 0), library: "", text: Some(Text::ByLength) }
}
