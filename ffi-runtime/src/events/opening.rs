//! The events of a constructor, which wait for listeners until the host has had its chance to add some.
//!
//! - From the constructor's beginning on, what is fired waits in the queue although nobody listens yet, and a
//!   listener that is added hears what waits there.
//! - While the callback that gets the constructor's answer runs, nothing is delivered: all listeners that it adds
//!   hear the same, from the first event on.
//! - Once that callback has returned, or the context closes, events that nobody listens to are dropped, as always.
//!   Until then their number is bounded as it always is, and nobody waits for room without a listener.

use super::dispatcher::{Dispatcher, DispatcherState, Lifecycle, Opening, release};
use super::queue::{QueueItem, discard_all};
use crate::sync::atomic::Ordering;
use std::collections::VecDeque;

impl Dispatcher {
    /// The constructor begins.
    pub(crate) fn begin_constructing(&self) {
        let mut state = self.state();
        if state.lifecycle == Lifecycle::Open && state.opening == Opening::Over {
            state.opening = Opening::Constructing;
            // Counted as a listener, so that events are not dropped unlooked at.
            self.count.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Tells the host that the constructor has ended well.
    pub(crate) fn answer_constructor(&self, answer: impl FnOnce()) {
        let mut state = self.state();
        if state.opening == Opening::Constructing {
            state.opening = Opening::Answering;
        }
        drop(state);
        answer();
        self.end_constructing();
    }

    /// The host has had its chance: from now on events are delivered, or nobody hears them.
    pub(crate) fn end_constructing(&self) {
        let mut state = self.state();
        let unheard = self.end_opening(&mut state);
        release(state);
        self.changed.notify_all();
        discard_all(unheard);
        if self.is_polled() {
            self.latch.notify();
        }
    }

    /// Ends the opening. Gives what nobody hears, to be discarded without the lock.
    pub(super) fn end_opening(&self, state: &mut DispatcherState) -> VecDeque<(u64, QueueItem)> {
        if state.opening == Opening::Over {
            return VecDeque::new();
        }
        state.opening = Opening::Over;
        self.count.fetch_sub(1, Ordering::Relaxed);
        if state.listeners.is_empty() { state.queue.take_all() } else { VecDeque::new() }
    }
}

impl DispatcherState {
    /// Whether somebody hears the event with this name, or may come to hear it.
    pub(super) fn is_kept_for(&self, event: &str) -> bool {
        self.opening != Opening::Over || self.is_heard(event)
    }

    /// Whether what was fired waits for listeners that may be added yet.
    pub(super) fn is_held_back(&self) -> bool {
        match self.opening {
            Opening::Constructing => self.listeners.is_empty(),
            Opening::Answering => true,
            Opening::Over => false,
        }
    }

    /// The number of the first event that a listener hears which is added now.
    pub(super) fn first_heard(&self) -> u64 {
        if self.opening == Opening::Over { self.queue.next_number() } else { 0 }
    }
}
