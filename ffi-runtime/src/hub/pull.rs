//! Replies and events of a host that fetches them itself, in its own event loop.
//!
//! - From the first [`Hub::poll_fd`] on, what would be called is kept instead, and called by
//!   [`Hub::dispatch`] on the thread that calls it.
//! - A host that waits for the end of the context runs the rest of the replies while it waits.
//!   One that does not wait gets them from the worker.

use super::signal::Signal;
use super::{Hub, State};
use crate::sync::MutexGuard;
use crate::sync::atomic::Ordering;
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
}

/// One reply, which is to be fired.
struct Due(Box<dyn FnOnce() + Send>);

impl std::fmt::Debug for Due {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Due")
    }
}

impl Hub {
    /// The descriptor that is readable while something is due. From now on the host fetches.
    ///
    /// # Errors
    /// The system's, where it has no descriptor to give.
    pub(crate) fn poll_fd(&self) -> io::Result<RawFd> {
        let mut state = self.lock();
        if state.pull.is_none() {
            state.pull = Some(Pull { signal: Signal::new()?, replies: VecDeque::new(), is_kept: true });
            self.is_fetched.store(true, Ordering::Release);
        }
        state.signal();
        Ok(state.pull.as_ref().map_or(-1, |pull| pull.signal.descriptor()))
    }

    /// Whether replies are to be kept.
    pub(crate) fn is_fetched(&self) -> bool {
        self.is_fetched.load(Ordering::Acquire)
    }

    /// Keeps a reply for the host to fetch, or fires it where nobody fetches any more.
    pub(crate) fn post(&self, reply: Box<dyn FnOnce() + Send>) {
        let mut state = self.lock();
        match &mut state.pull {
            Some(pull) if pull.is_kept => {
                pull.replies.push_back(Due(reply));
                release(state);
                self.attendance.stir();
            }
            _ => {
                drop(state);
                self.run_replies();
                reply();
            }
        }
    }

    /// Runs up to `max` of what is due on this thread, which keeps the context from ending;
    /// gives how many ran.
    pub(crate) fn dispatch(&self, max: usize) -> usize {
        let mut ran = 0;
        while ran < max {
            // In turn, so that neither replies nor events starve.
            let turns =
                if ran % 2 == 0 { [Self::run_reply, Self::run_event] } else { [Self::run_event, Self::run_reply] };
            if !turns.into_iter().any(|run| run(self)) {
                break;
            }
            ran += 1;
        }
        ran
    }

    /// Runs all replies that are due, on this thread.
    pub(crate) fn run_replies(&self) {
        while self.run_reply() {}
    }

    /// Whether there is a reply to run.
    pub(crate) fn has_replies(&self) -> bool {
        self.is_fetched() && self.lock().pull.as_ref().is_some_and(|pull| !pull.replies.is_empty())
    }

    /// Nobody fetches any more: replies come from the worker, which first runs those that are
    /// due.
    pub(crate) fn stop_fetching(&self) {
        if let Some(pull) = &mut self.lock().pull {
            pull.is_kept = false;
        }
        self.changed.notify_all();
    }

    /// Runs the replies that nobody fetches any more. The worker does.
    pub(crate) fn run_abandoned(&self) {
        if self.is_fetched() && self.lock().pull.as_ref().is_some_and(|pull| !pull.is_kept) {
            self.run_replies();
        }
    }

    /// Waits until all replies are fetched, and runs those that nobody fetches any more.
    pub(super) fn finish_replies(&self) {
        let is_fetching =
            |state: &mut State| state.pull.as_ref().is_some_and(|pull| pull.is_kept && !pull.replies.is_empty());
        drop(self.changed.wait_while(self.lock(), is_fetching));
        self.run_abandoned();
    }

    fn run_reply(&self) -> bool {
        // Entered first: what is taken keeps the context from ending until it has run.
        let _guest = self.attendance.enter();
        let mut state = self.lock();
        let Some(Due(reply)) = state.pull.as_mut().and_then(|pull| pull.replies.pop_front()) else { return false };
        release(state);
        self.changed.notify_all();
        reply();
        true
    }

    fn run_event(&self) -> bool {
        let state = self.lock();
        let is_due = state.has_event();
        if is_due {
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
        let has_event = self.has_event();
        if let Some(pull) = &mut self.pull {
            pull.signal.set(has_event || !pull.replies.is_empty());
        }
    }
}

/// Unlocks after the descriptor was made to say what is due.
pub(super) fn release(mut state: MutexGuard<'_, State>) {
    state.signal();
}
