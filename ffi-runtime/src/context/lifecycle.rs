//! The beginning and the end of a context: its thread, its closing, and its teardown.
//!
//! - The slot is closed first: nothing is accepted any more. What was accepted has its grace.
//! - The worker retires last: it waits for the callbacks that are in flight and for the callers that stay, frees the
//!   slot, answers who closed the context, and lets go of who waits for the end.
//! - Where a thread that the end waits for is inside `exit`, the end never comes, and whoever waits is told.

use super::shared::{Context, exiting, grace};
use crate::call::outbox::ImmediateReplies;
use crate::call::{HEAD_START, Reply};
use crate::declare::Library;
use crate::failure::Failure;
use crate::process::spawn;
use crate::sync::atomic::Ordering;
use crate::sync::time::{Duration, Instant};
use crate::sync::{Arc, Mutex, lock, thread};
use crate::threads::{AtExit, Part, Wait};
use crate::value::pod::RawBytes;
use std::io;

/// How long after its grace a destroy waits for what blocks.
const PATIENCE: Duration = Duration::from_secs(1);

impl<S: Library, E: 'static> Context<S, E> {
    /// Tells the worker that the slot was closed and all callers have left it. Gives the end
    /// of the grace.
    pub(crate) fn begin_closing(&self, closer: Option<Reply>) -> Instant {
        if closer.is_some() {
            self.dispatcher().stop_polling();
        }
        *lock(&self.closer) = closer;
        let end = *self.closing.get_or_init(|| Instant::now() + grace::<S>());
        self.dispatcher().begin_closing();
        self.doorbell.ring();
        // Of this and the thread that exits, which looks for a closer, one comes first.
        if self.latch().never_ends() {
            self.refuse_closer();
        }
        end
    }

    /// Answers the call of `L_ffi_close` where the end never comes.
    fn refuse_closer(&self) {
        if let Some(closer) = take(&self.closer) {
            closer.fail(exiting());
        }
    }

    /// Cancels what is queued on a host's thread: the worker does not retire until the last is answered.
    fn cancel_waiting_in_flight(&self) {
        let _in_flight = self.latch().begin_callback();
        self.cancel_waiting();
    }

    /// Waits for the host's threads that cancel what is queued: inline calls that wait there borrow
    /// the state until they are dropped. Only for the worker, which has found the queue empty and
    /// the slot left, so that nothing more is put there.
    pub(crate) fn await_borrowers(&self) {
        if S::SHARED {
            self.heartbeat.sleep();
            self.latch().await_callbacks(|| false);
            self.heartbeat.wake();
        }
    }

    /// Waits for the inline callers of a context that is closed, whose worker serves no more because
    /// of `cause`. What they still queue they answer themselves.
    pub(crate) fn await_inline_callers(&self, cause: &Failure) {
        if S::SHARED {
            self.failure.get_or_init(|| cause.clone());
            self.discard_waiting(cause);
            self.heartbeat.sleep();
            self.latch().await_callbacks(|| self.is_stayed_in());
            self.heartbeat.wake();
        }
    }

    /// Starts the worker thread, which runs `work` with `first`.
    ///
    /// # Errors
    /// `first` and the system's error, where the system gives no thread.
    pub(crate) fn start<F: Send + 'static>(
        self: &Arc<Self>,
        first: F,
        work: fn(&Arc<Self>, F),
    ) -> Result<(), (F, io::Error)> {
        let mut thread = lock(&self.thread);
        // Handed over beside the thread, because a thread that fails to start drops what it
        // was given.
        let handover = Arc::new(Mutex::new(Some(first)));
        let (context, taken) = (Arc::clone(self), Arc::clone(&handover));
        let run = move || {
            if let Some(first) = take(&taken) {
                work(&context, first);
            }
        };
        match spawn(format!("{}-worker", S::NAME), run) {
            Ok(handle) => *thread = Some(handle),
            Err(error) => return take(&handover).map_or(Ok(()), |first| Err((first, error))),
        }
        Ok(())
    }

    /// Closes the context from its own worker, so that nothing more is accepted. Where a
    /// host is destroying it at the same moment, that does the same.
    pub(crate) fn close_from_worker(self: &Arc<Self>) {
        // Listed before the handle is stale, so that a destroy in the meantime has something
        // to wait for.
        self.contexts.tearing_down().push(Arc::clone(self));
        self.dispatcher().stop_polling();
        if self.contexts.slots().close(self.handle).is_some() {
            self.begin_closing(None);
        }
    }

    /// The worker's last act: frees the slot, answers whoever closed the context, and lets go
    /// of whoever waits for the end.
    pub(crate) fn retire(self: &Arc<Self>) {
        // From here on it waits, and is not stalled.
        self.heartbeat.sleep();
        self.dispatcher().close(self.grace_end().unwrap_or_else(Instant::now));
        self.heartbeat.forget();
        self.latch().await_callbacks(|| self.is_stayed_in());
        self.contexts.slots().vacate(self.handle);
        if let Some(closer) = take(&self.closer) {
            closer.succeed(RawBytes::EMPTY);
        }
        self.contexts.tearing_down().retain(|context| !Arc::ptr_eq(context, self));
        self.contexts.watchdog().leave();
        self.contexts.process_guard().end_context();
        self.latch().end();
    }

    /// Waits for the end of a context whose grace ends at `grace_end`, unless this thread is
    /// what the end waits for. `Err` where something blocks for longer than is waited.
    pub(crate) fn await_teardown(self: &Arc<Self>, grace_end: Instant) -> Result<(), Endless> {
        let Some(_wait) = Wait::begin(self.latch().context_id()) else {
            self.dispatcher().stop_polling();
            return Ok(());
        };
        let _immediate = ImmediateReplies::begin();
        if !self.await_end(grace_end + HEAD_START) {
            if self.latch().never_ends() {
                return Err(Endless::Exiting);
            }
            self.cancel_waiting_in_flight();
            if !self.await_end(grace_end + PATIENCE) {
                self.dispatcher().stop_polling();
                return Err(Endless::Blocked);
            }
        }
        if let Some(thread) = take(&self.thread) {
            // The worker traps every panic of the author's; one of our own has been printed.
            let _ = thread.join();
        }
        Ok(())
    }

    /// Waits until the worker is done, at most until `latest`; whether it is. Runs what is ready for
    /// a host that polls: this is the last that it dispatches.
    fn await_end(&self, latest: Instant) -> bool {
        loop {
            let has_ended = self.latch().await_end(latest, || self.dispatcher().has_ready());
            if has_ended || self.latch().never_ends() || Instant::now() >= latest {
                return has_ended;
            }
            self.dispatcher().dispatch(1);
        }
    }
}

/// A teardown that the one who wanted it stopped waiting for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Endless {
    /// It goes on when what blocks does.
    Blocked,
    /// It waits for a thread that is inside `exit`.
    Exiting,
}

impl<S: Library, E: 'static> AtExit for Context<S, E> {
    /// Of what waits for the worker, or for an inline handler that borrows the state, nothing comes any
    /// more.
    fn exits(&self, part: Part) {
        self.latch().give_up();
        if part == Part::Worker {
            self.has_exited.store(true, Ordering::SeqCst);
            let reason = self.failure.get_or_init(exiting);
            self.queue.shut();
            // What was accepted before is queued once nobody passes through the slot.
            let slots = self.contexts.slots();
            while slots.is_passed(self.handle) {
                self.discard_waiting(reason);
                thread::yield_now();
            }
            self.discard_waiting(reason);
            // Its callback adds no more listeners.
            self.dispatcher().end_constructing();
        }
        self.refuse_closer();
    }
}

fn take<T>(cell: &Mutex<Option<T>>) -> Option<T> {
    lock(cell).take()
}
