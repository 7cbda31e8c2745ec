//! One listener of a context's events, and how it is called.

use crate::abi::RET_OK;
use crate::callback::HostCallback;
use crate::failure::Failure;
use crate::value::pod::RawBytes;

/// Somebody who hears events.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Listener {
    id: u64,
    /// The event it hears; `None` hears all.
    event: Option<&'static str>,
    path: Path,
    target: HostCallback,
    /// The number of the first event it hears.
    since: u64,
}

/// The form in which a listener wants its payloads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Path {
    Native,
    Cbor,
}

impl Listener {
    /// One that is yet to be added.
    ///
    /// The target must be sound to call, from any thread, until the listener was removed or its
    /// context has ended.
    pub(crate) fn new(event: Option<&'static str>, path: Path, target: HostCallback) -> Self {
        Self { id: 0, event, path, target, since: 0 }
    }

    /// The same, with its number and the first event it hears.
    pub(super) fn added(self, id: u64, since: u64) -> Self {
        Self { id, since, ..self }
    }

    /// Has it hear nothing more: its callback called `exit`, and would again.
    pub(super) fn silence(&mut self) {
        self.since = u64::MAX;
    }

    pub(crate) fn id(&self) -> u64 {
        self.id
    }

    pub(crate) fn path(&self) -> Path {
        self.path
    }

    /// Whether it hears all events.
    pub(crate) fn hears_all(&self) -> bool {
        self.event.is_none()
    }

    /// Whether it hears the event with this name.
    pub(crate) fn hears(&self, event: &str) -> bool {
        self.event.is_none_or(|heard| heard == event)
    }

    /// Whether it was there when the event with this number was fired.
    pub(super) fn was_there(&self, number: u64) -> bool {
        self.since <= number
    }

    /// Gives it a payload, which must be readable until this returns.
    pub(crate) fn tell(&self, payload: RawBytes) {
        // SAFETY: a listener that is called is not removed, so its target may be called.
        unsafe { self.target.fire(RET_OK, payload) };
    }

    /// Gives it an error instead of a payload.
    pub(crate) fn fail(&self, failure: &Failure) {
        // SAFETY: as above.
        unsafe { self.target.tell(failure) };
    }
}
