//! The event dispatcher of a context: its listeners, and the queue of what was fired.
//!
//! - Whoever fires an event enqueues it; a thread of the context's own, started with the
//!   first listener, calls the listeners one after the other, in the order of the events. A
//!   listener that takes its time holds up the next events and nothing else.
//! - The queue is bounded. Where events are dropped, a gap with their number stands in their
//!   place.
//! - A listener hears what was fired after it was added, and those of a constructor's events that waited for it.
//!   Once it is removed it is not running, except where it removes itself, and never runs again.
//! - Nothing is locked while a listener runs.

use super::listener::Listener;
use super::payload::{AnyEvent, Fired, discard};
use super::poll_queue::PollQueue;
use super::queue::{EventQueue, discard_all};
use crate::declare::Event;
use crate::schema::{Options, Overflow, Text};
use crate::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use crate::sync::thread::JoinHandle;
use crate::sync::time::Instant;
use crate::sync::{Arc, Condvar, Mutex, MutexGuard, lock, unpoisoned};
use crate::threads::{TeardownLatch, is_inside, this_thread};
use std::io;

/// The events and listeners of one context.
#[derive(Debug)]
pub(crate) struct Dispatcher {
    /// The library's name.
    pub(super) library: &'static str,
    /// The library's form of text.
    pub(super) text: Text,
    overflow: Overflow,
    pub(super) latch: Arc<TeardownLatch>,
    /// How many listeners there are, and one more while events wait for the first.
    pub(super) count: AtomicUsize,
    /// Whether the host polls.
    pub(super) is_polled: AtomicBool,
    state: Mutex<DispatcherState>,
    pub(super) changed: Condvar,
}

/// What is locked of a dispatcher.
#[derive(Debug)]
pub(super) struct DispatcherState {
    /// In the order in which they were added.
    pub(super) listeners: Vec<Listener>,
    /// The number of the listener that was added last.
    last_id: u64,
    pub(super) queue: EventQueue,
    /// Events that were dropped where their payloads could not be.
    pub(super) dropped: Vec<Box<dyn AnyEvent>>,
    pub(super) lifecycle: Lifecycle,
    /// Whether events wait for listeners that the host may add yet.
    pub(super) opening: Opening,
    /// Whether an event is being delivered.
    pub(super) is_delivering: bool,
    /// The listener that is being called, and the thread it runs on.
    pub(super) running: Option<(u64, usize)>,
    pub(super) thread: Option<JoinHandle<()>>,
    /// Whether the thread has not come to its end. One that exits does not.
    pub(super) is_thread_there: bool,
    pub(super) polled: Option<PollQueue>,
}

/// How far a context is in its life, for its events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lifecycle {
    Open,
    /// Nobody waits for room any more.
    Closing,
    /// Nothing is delivered any more.
    Closed,
}

/// How far the constructor of a context is, for its events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// It runs, and so may a listener that is there already.
    Constructing,
    /// The host is told of its end, and may add listeners.
    Answering,
    /// It is over, or there is none.
    Over,
}

impl Dispatcher {
    /// A context's, without listeners.
    pub(crate) fn new(
        library: &'static str,
        Options { event_limit, event_overflow, text, .. }: Options,
        latch: Arc<TeardownLatch>,
    ) -> Self {
        let state = DispatcherState {
            listeners: Vec::new(),
            last_id: 0,
            queue: EventQueue::new(usize::try_from(event_limit).unwrap_or(usize::MAX)),
            dropped: Vec::new(),
            lifecycle: Lifecycle::Open,
            opening: Opening::Over,
            is_delivering: false,
            running: None,
            thread: None,
            is_thread_there: false,
            polled: None,
        };
        Self {
            library,
            text,
            overflow: event_overflow,
            latch,
            count: AtomicUsize::new(0),
            is_polled: AtomicBool::new(false),
            state: Mutex::new(state),
            changed: Condvar::new(),
        }
    }

    /// Whether the context is gone.
    pub(crate) fn is_closed(&self) -> bool {
        self.state().lifecycle == Lifecycle::Closed
    }

    /// Adds a listener of the event with this name, or of every event; gives its number, above
    /// zero. The caller must be inside the context's slot.
    ///
    /// # Errors
    /// The system's, where it gives no thread to call the listener on.
    pub(crate) fn add(self: &Arc<Self>, listener: Listener) -> io::Result<u64> {
        let mut state = self.state();
        self.start(&mut state)?;
        state.last_id += 1;
        let (id, since) = (state.last_id, state.first_heard());
        state.listeners.push(listener.added(id, since));
        self.count.fetch_add(1, Ordering::Relaxed);
        release(state);
        // What waited for the first listener is delivered now.
        self.changed.notify_all();
        Ok(id)
    }

    /// Removes a listener; whether it was there. When this returns it is not running on another
    /// thread.
    pub(crate) fn remove(&self, id: u64) -> bool {
        let mut state = self.state();
        let at = state.listeners.iter().position(|listener| listener.id() == id);
        if let Some(at) = at {
            state.listeners.remove(at);
            self.count.fetch_sub(1, Ordering::Relaxed);
            // Who waits for room may have nobody left who hears.
            self.changed.notify_all();
        }
        // Also where somebody else has removed it: it may be running all the same.
        let me = this_thread();
        let is_elsewhere =
            |state: &mut DispatcherState| state.running.is_some_and(|(running, on)| running == id && on != me);
        drop(self.changed.wait_while(state, is_elsewhere));
        at.is_some()
    }

    /// Fires an event, if anybody listens. Waits for room where the library has it so, but never
    /// on a thread of the context's own. In a context that has gone nobody listens.
    pub(crate) fn emit<E: Event>(&self, payload: E::Payload) {
        let may_wait = self.overflow == Overflow::Block && !is_inside(self.latch.context_id());
        if let Some(dropped) = self.put::<E>(payload, may_wait) {
            discard(dropped);
        }
    }

    /// Fires an event without ever waiting, for callers that hold locks or must not be held up: what
    /// is dropped for it is the author's, and left to whoever delivers next.
    pub(crate) fn note<E: Event>(&self, payload: E::Payload) {
        if let Some(dropped) = self.put::<E>(payload, false) {
            self.state().dropped.push(dropped);
        }
    }

    /// Counts an event as dropped, if anybody listens: its thread has no stack to fire it.
    pub(crate) fn miss<E: Event>(&self) {
        let mut state = self.state();
        if !state.is_kept_for(E::INFO.name) {
            return;
        }
        state.queue.miss();
        release(state);
        self.changed.notify_all();
        if self.is_polled() {
            self.latch.notify();
        }
    }

    fn put<E: Event>(&self, payload: E::Payload, may_wait: bool) -> Option<Box<dyn AnyEvent>> {
        if self.count.load(Ordering::Relaxed) == 0 {
            return None;
        }
        let event = Box::new(Fired::<E>(payload));
        let mut state = self.state();
        if may_wait {
            let is_full = |state: &mut DispatcherState| {
                state.lifecycle == Lifecycle::Open && state.queue.is_full() && state.is_heard(E::INFO.name)
            };
            state = unpoisoned(self.changed.wait_while(state, is_full));
        }
        if !state.is_kept_for(E::INFO.name) {
            drop(state);
            return Some(event);
        }
        let dropped = state.queue.push(event, self.overflow == Overflow::DropOldest);
        release(state);
        self.changed.notify_all();
        if self.is_polled() {
            self.latch.notify();
        }
        dropped
    }

    /// Releases those that wait for room, since the context closes.
    pub(crate) fn begin_closing(&self) {
        let mut state = self.state();
        if state.lifecycle == Lifecycle::Open {
            state.lifecycle = Lifecycle::Closing;
        }
        // Nobody can add a listener any more.
        let unheard = self.end_opening(&mut state);
        release(state);
        self.changed.notify_all();
        discard_all(unheard);
    }

    /// The end: waits until everything is delivered, at most until `latest`, and then drops the
    /// listeners and what is still queued. A listener that runs on the delivery thread is
    /// waited for, and so is a host that polls the last replies.
    pub(crate) fn close(&self, latest: Instant) {
        self.finish_polling(latest);
        let left = latest.saturating_duration_since(Instant::now());
        // A host that polls does so while it waits for the end, and not if it does not wait.
        let is_busy =
            |state: &mut DispatcherState| !state.is_abandoned() && (state.is_delivering || !state.queue.is_empty());
        let waited = self.changed.wait_timeout_while(self.state(), left, is_busy);
        let mut state = unpoisoned(waited).0;
        state.lifecycle = Lifecycle::Closed;
        state.listeners.clear();
        self.count.store(0, Ordering::Relaxed);
        let undelivered = state.queue.take_all();
        let (polled, dropped) = (state.polled.take(), std::mem::take(&mut state.dropped));
        drop(state);
        // An emitter may keep the dispatcher for long, but not the descriptor.
        drop(polled);
        self.changed.notify_all();
        dropped.into_iter().for_each(discard);
        discard_all(undelivered);
        // A thread that exits is not there any more, and not joined.
        let is_there = |state: &mut DispatcherState| state.is_thread_there;
        let waited = self.changed.wait_while(self.state(), is_there);
        let thread = unpoisoned(waited).thread.take();
        if let Some(thread) = thread {
            // It traps every panic of the author's; one of our own has been printed.
            let _ = thread.join();
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, DispatcherState> {
        lock(&self.state)
    }
}

impl DispatcherState {
    /// Whether a listener hears the event with this name.
    pub(super) fn is_heard(&self, event: &str) -> bool {
        self.listeners.iter().any(|listener| listener.hears(event))
    }

    /// Whether there is an event to deliver, and nobody delivers one: they come one by one.
    pub(super) fn has_event(&self) -> bool {
        !self.queue.is_empty() && !self.is_delivering && !self.is_held_back()
    }

    /// Makes the descriptor readable while something is ready.
    pub(super) fn signal(&mut self) {
        let is_ready = self.is_ready();
        if let Some(polled) = &mut self.polled {
            polled.signal.set(is_ready);
        }
    }

    /// Whether something is ready.
    pub(super) fn is_ready(&self) -> bool {
        self.has_event() || self.polled.as_ref().is_some_and(|polled| polled.first().is_some())
    }

    /// Whether the host polled, and nobody does any more.
    pub(super) fn is_abandoned(&self) -> bool {
        self.polled.as_ref().is_some_and(|polled| !polled.is_kept)
    }
}

/// Unlocks, once the descriptor says whether something is ready.
pub(super) fn release(mut state: MutexGuard<'_, DispatcherState>) {
    state.signal();
}
