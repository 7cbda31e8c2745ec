//! Replies and events of a host that fetches them itself, in its own event loop.
//!
//! - From the first [`Hub::poll_fd`] on, what would be called is kept instead, and called by
//!   [`Hub::dispatch`] on the thread that calls it.
//! - A host that waits for the end of the context runs the rest while it waits. One that does not
//!   wait gets it from the worker.
//! - The result of a call that the host is being warned of is not due before the warning returns,
//!   so that nobody who fetches waits for it.

use super::signal::Signal;
use super::{Hub, State};
use crate::frames::{Frame, Part};
use crate::sync::MutexGuard;
use crate::sync::atomic::Ordering;
use crate::sync::time::Instant;
use crate::sync::{Arc, unpoisoned};
use std::collections::VecDeque;
use std::io;
use std::os::fd::RawFd;

/// What is kept for a host that fetches.
#[derive(Debug)]
pub(super) struct Pull {
    signal: Signal,
    replies: VecDeque<Due>,
    /// Whether replies are still kept. Not once nobody can fetch them any more.
    is_kept: bool,
    /// Whether an event ran last, so that it is a reply's turn.
    ran_event: bool,
}

/// One reply, which is to be fired.
struct Due {
    /// What may hold it back, where anything may.
    call: Option<Arc<dyn HeldBack>>,
    fire: Fire,
}

/// A call whose reply may have to wait.
pub(crate) trait HeldBack: std::fmt::Debug + Send + Sync {
    /// Whether its reply is not to be fired yet. [`Hub::note_warned`] follows when it may be.
    fn is_held_back(&self) -> bool;
}

/// What fires a reply.
type Fire = Box<dyn FnOnce() + Send>;

impl std::fmt::Debug for Due {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Due").field("call", &self.call).finish_non_exhaustive()
    }
}

impl Pull {
    /// Where the first reply stands that may be fired now.
    fn first(&self) -> Option<usize> {
        self.replies.iter().position(|due| !due.call.as_ref().is_some_and(|call| call.is_held_back()))
    }
}

impl Hub {
    /// The descriptor that is readable while something is due. From now on the host fetches.
    ///
    /// # Errors
    /// The system's, where it has no descriptor to give.
    pub(crate) fn poll_fd(&self) -> io::Result<RawFd> {
        let mut state = self.state();
        if state.pull.is_none() {
            state.pull =
                Some(Pull { signal: Signal::new()?, replies: VecDeque::new(), is_kept: true, ran_event: true });
            self.is_fetched.store(true, Ordering::Release);
        }
        state.signal();
        Ok(state.pull.as_ref().map_or(-1, |pull| pull.signal.descriptor()))
    }

    /// Whether the host began to fetch.
    pub(crate) fn is_fetched(&self) -> bool {
        self.is_fetched.load(Ordering::Acquire)
    }

    /// Keeps a reply for the host to fetch.
    ///
    /// # Errors
    /// The reply, where nobody fetches any more.
    pub(crate) fn post(&self, call: Option<Arc<dyn HeldBack>>, fire: Fire) -> Result<(), Fire> {
        let mut state = self.state();
        let Some(pull) = state.pull.as_mut().filter(|pull| pull.is_kept) else { return Err(fire) };
        pull.replies.push_back(Due { call, fire });
        release(state);
        self.attendance.stir();
        Ok(())
    }

    /// A call is not being warned of any more: its result may be due now.
    pub(crate) fn note_warned(&self) {
        if self.is_fetched() {
            release(self.state());
            self.changed.notify_all();
            self.attendance.stir();
        }
    }

    /// Runs up to `max` of what is due on this thread; gives how many ran.
    pub(crate) fn dispatch(&self, max: usize) -> usize {
        (0..max).take_while(|_| self.run_next()).count()
    }

    /// Runs what is due next. In turn, so that neither replies nor events starve, however few a host
    /// dispatches at a time.
    fn run_next(&self) -> bool {
        let ran_event = self.state().pull.as_ref().is_none_or(|pull| pull.ran_event);
        let turns = if ran_event { [Self::run_reply, Self::run_event] } else { [Self::run_event, Self::run_reply] };
        turns.into_iter().any(|run| run(self))
    }

    /// Whether there is something to fetch.
    pub(crate) fn has_due(&self) -> bool {
        self.is_fetched() && self.state().is_due()
    }

    /// Nobody fetches any more.
    pub(crate) fn stop_fetching(&self) {
        if let Some(pull) = &mut self.state().pull {
            pull.is_kept = false;
        }
        self.changed.notify_all();
    }

    /// Runs the replies that nobody fetches any more. Only the worker does.
    pub(crate) fn run_abandoned(&self) {
        if self.is_fetched() && self.state().is_abandoned() {
            while self.run_reply() {}
        }
    }

    /// Waits until all is fetched, events at most until `latest`, or runs what nobody fetches any
    /// more. Only the worker does, when no call is left that is not answered or kept here.
    pub(super) fn finish_fetching(&self, latest: Instant) {
        loop {
            let is_waited_for = |state: &mut State| {
                let is_kept = |pull: &Pull| !pull.replies.is_empty() && (pull.is_kept || pull.first().is_none());
                state.pull.as_ref().is_some_and(is_kept)
            };
            let state = unpoisoned(self.changed.wait_while(self.state(), is_waited_for));
            if state.pull.as_ref().is_none_or(|pull| pull.replies.is_empty()) {
                break;
            }
            drop(state);
            self.run_abandoned();
        }
        let is_abandoned = self.state().is_abandoned();
        while is_abandoned && Instant::now() < latest && self.run_event() {}
    }

    fn run_reply(&self) -> bool {
        // Entered first: what is taken keeps the context from ending until it has run.
        let _guest = self.attendance.enter();
        let mut state = self.state();
        let taken = state.pull.as_mut().and_then(|pull| {
            let due = pull.replies.remove(pull.first()?);
            pull.ran_event = false;
            due
        });
        let Some(Due { fire, .. }) = taken else { return false };
        release(state);
        self.changed.notify_all();
        fire();
        true
    }

    fn run_event(&self) -> bool {
        let _guest = self.attendance.enter();
        let mut state = self.state();
        let is_due = state.has_event();
        if is_due {
            state.pull.iter_mut().for_each(|pull| pull.ran_event = true);
            // SAFETY: who calls this holds the hub, and the frame is dropped here.
            let _frame = unsafe { Frame::enter(self.attendance.inside(), self, Part::Other) };
            self.deliver(state);
        }
        is_due
    }
}

impl State {
    /// Whether there is an event to deliver, and nobody delivers one: they come one by one.
    fn has_event(&self) -> bool {
        !self.line.is_empty() && !self.is_delivering
    }

    /// Makes the descriptor readable while something is due.
    pub(super) fn signal(&mut self) {
        let is_due = self.is_due();
        if let Some(pull) = &mut self.pull {
            pull.signal.set(is_due);
        }
    }

    /// Whether there is something to fetch.
    fn is_due(&self) -> bool {
        self.has_event() || self.pull.as_ref().is_some_and(|pull| pull.first().is_some())
    }

    /// Whether the host fetched once, and nobody does any more.
    pub(super) fn is_abandoned(&self) -> bool {
        self.pull.as_ref().is_some_and(|pull| !pull.is_kept)
    }
}

/// Unlocks after the descriptor was made to say what is due.
pub(super) fn release(mut state: MutexGuard<'_, State>) {
    state.signal();
}
