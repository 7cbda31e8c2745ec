//! Polling: a host dispatches replies and events itself, in its own event loop.
//!
//! - From the first [`Dispatcher::poll_fd`] on, what would be called is kept instead, and called by
//!   [`Dispatcher::dispatch`] on the thread that calls it.
//! - A host that waits for the end of the context runs the rest while it waits. One that does not
//!   wait gets it from the worker.
//! - The result of a call that the host is being warned of is not ready before the warning returns,
//!   so that no dispatch waits for it.

use super::dispatcher::{Dispatcher, DispatcherState, release};
use super::poll_queue::{Fire, HeldBack, KeptReply, PollQueue};
use crate::sync::atomic::Ordering;
use crate::sync::time::Instant;
use crate::sync::{Arc, unpoisoned};
use crate::threads::{ContextScope, Part};
use std::io;
use std::os::fd::RawFd;

impl Dispatcher {
    /// The descriptor that is readable while something is ready. From now on the host polls.
    ///
    /// # Errors
    /// The system's, where it has no descriptor to give.
    pub(crate) fn poll_fd(&self) -> io::Result<RawFd> {
        let mut state = self.state();
        if state.polled.is_none() {
            state.polled = Some(PollQueue::new()?);
            self.is_polled.store(true, Ordering::Release);
        }
        state.signal();
        Ok(state.polled.as_ref().map_or(-1, |polled| polled.signal.descriptor()))
    }

    /// Whether the host polls.
    pub(crate) fn is_polled(&self) -> bool {
        self.is_polled.load(Ordering::Acquire)
    }

    /// Keeps a reply for the host to dispatch.
    ///
    /// # Errors
    /// The reply, where nobody polls any more.
    pub(crate) fn post(&self, call: Option<Arc<dyn HeldBack>>, fire: Fire) -> Result<(), Fire> {
        let mut state = self.state();
        let Some(polled) = state.polled.as_mut().filter(|polled| polled.is_kept) else { return Err(fire) };
        polled.replies.push_back(KeptReply { call, fire });
        release(state);
        self.latch.notify();
        Ok(())
    }

    /// A call is not being warned of any more: its result may be ready now.
    pub(crate) fn note_warned(&self) {
        if self.is_polled() {
            release(self.state());
            self.changed.notify_all();
            self.latch.notify();
        }
    }

    /// Runs up to `max` of what is ready on this thread; gives how many ran.
    pub(crate) fn dispatch(&self, max: usize) -> usize {
        (0..max).take_while(|_| self.run_next()).count()
    }

    /// Runs what is ready next. In turn, so that neither replies nor events starve, however few a host
    /// dispatches at a time.
    fn run_next(&self) -> bool {
        let ran_event = self.state().polled.as_ref().is_none_or(|polled| polled.ran_event);
        let turns = if ran_event { [Self::run_reply, Self::run_event] } else { [Self::run_event, Self::run_reply] };
        turns.into_iter().any(|run| run(self))
    }

    /// Whether something is ready.
    pub(crate) fn has_ready(&self) -> bool {
        self.is_polled() && self.state().is_ready()
    }

    /// Nobody polls any more.
    pub(crate) fn stop_polling(&self) {
        if let Some(polled) = &mut self.state().polled {
            polled.is_kept = false;
        }
        self.changed.notify_all();
    }

    /// Runs the replies that nobody dispatches any more. Only the worker does.
    pub(crate) fn run_abandoned(&self) {
        if self.is_polled() && self.state().is_abandoned() {
            while self.run_reply() {}
        }
    }

    /// Waits until all is dispatched, events at most until `latest`, or runs what nobody dispatches any
    /// more. Only the worker does, when no call is left that is not answered or kept here.
    pub(super) fn finish_polling(&self, latest: Instant) {
        loop {
            let is_waited_for = |state: &mut DispatcherState| {
                let is_kept =
                    |polled: &PollQueue| !polled.replies.is_empty() && (polled.is_kept || polled.first().is_none());
                state.polled.as_ref().is_some_and(is_kept)
            };
            let state = unpoisoned(self.changed.wait_while(self.state(), is_waited_for));
            if state.polled.as_ref().is_none_or(|polled| polled.replies.is_empty()) {
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
        let _in_flight = self.latch.begin_callback();
        let mut state = self.state();
        let taken = state.polled.as_mut().and_then(|polled| {
            let reply = polled.replies.remove(polled.first()?);
            polled.ran_event = false;
            reply
        });
        let Some(KeptReply { fire, .. }) = taken else { return false };
        release(state);
        self.changed.notify_all();
        fire();
        true
    }

    fn run_event(&self) -> bool {
        let _in_flight = self.latch.begin_callback();
        let mut state = self.state();
        let is_ready = state.has_event();
        if is_ready {
            state.polled.iter_mut().for_each(|polled| polled.ran_event = true);
            // SAFETY: who calls this holds the dispatcher, and the scope is dropped here.
            let _scope = unsafe { ContextScope::enter(self.latch.context_id(), self, Part::Other) };
            self.deliver(state);
        }
        is_ready
    }
}
