//! What a context tells its host unasked: its events, and whether it responds.
//!
//! - Whoever fires an event puts it in line; a thread of the context's own, started with the
//!   first listener, calls the listeners one after the other, in the order of the events. A
//!   listener that takes its time holds up the next events and nothing else.
//! - The line is bounded. Where events are dropped, a gap with their number stands in their
//!   place.
//! - A listener hears what was fired after it was added. Once it is removed it is not running,
//!   except where it removes itself, and never runs again.
//! - Nothing is locked while a listener runs.

mod line;
mod listener;
mod pull;
mod signal;
#[cfg(test)]
mod tests;

pub(crate) use listener::{Listener, Path};
pub(crate) use pull::HeldBack;

use crate::attendance::Attendance;
use crate::declare::Event;
use crate::event::{AnyEvent, Fired, Recipients, deliver_gap, discard};
use crate::frames::{AtExit, Frame, Part, is_inside, this_thread};
use crate::process::spawn;
use crate::schema::Overflow;
use crate::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use crate::sync::thread::JoinHandle;
use crate::sync::time::Instant;
use crate::sync::{Arc, Condvar, Mutex, MutexGuard, lock, unpoisoned};
use line::{Entry, Line};
use pull::{Pull, release};
use std::io;

/// The events and listeners of one context.
#[derive(Debug)]
pub(crate) struct Hub {
    /// The library's name.
    library: &'static str,
    overflow: Overflow,
    attendance: Arc<Attendance>,
    /// How many listeners there are.
    count: AtomicUsize,
    /// Whether the host began to fetch what is due.
    is_fetched: AtomicBool,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    /// In the order in which they were added.
    listeners: Vec<Listener>,
    /// The number of the listener that was added last.
    last_id: u64,
    line: Line,
    /// Events that were dropped where their payloads could not be.
    dropped: Vec<Box<dyn AnyEvent>>,
    phase: Phase,
    /// Whether an event is being delivered.
    is_delivering: bool,
    /// The listener that is being called, and the thread it runs on.
    running: Option<(u64, usize)>,
    thread: Option<JoinHandle<()>>,
    /// Whether the thread has not come to its end. One that exits does not.
    is_thread_there: bool,
    pull: Option<Pull>,
}

/// How far a context is in its life, for its events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Open,
    /// Nobody waits for room any more.
    Closing,
    /// Nothing is delivered any more.
    Closed,
}

impl Hub {
    /// A context's, without listeners.
    pub(crate) fn new(library: &'static str, limit: u64, overflow: Overflow, attendance: Arc<Attendance>) -> Self {
        let state = State {
            listeners: Vec::new(),
            last_id: 0,
            line: Line::new(usize::try_from(limit).unwrap_or(usize::MAX)),
            dropped: Vec::new(),
            phase: Phase::Open,
            is_delivering: false,
            running: None,
            thread: None,
            is_thread_there: false,
            pull: None,
        };
        Self {
            library,
            overflow,
            attendance,
            count: AtomicUsize::new(0),
            is_fetched: AtomicBool::new(false),
            state: Mutex::new(state),
            changed: Condvar::new(),
        }
    }

    /// Whether the context is gone.
    pub(crate) fn is_closed(&self) -> bool {
        self.state().phase == Phase::Closed
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
        let (id, since) = (state.last_id, state.line.next_number());
        state.listeners.push(listener.added(id, since));
        self.count.fetch_add(1, Ordering::Relaxed);
        Ok(id)
    }

    /// Starts the delivery thread, unless it is there.
    fn start(self: &Arc<Self>, state: &mut State) -> io::Result<()> {
        if state.thread.is_none() {
            let delivery = Delivery(Arc::clone(self));
            state.thread = Some(spawn(format!("{}-events", self.library), move || delivery.run())?);
            state.is_thread_there = true;
        }
        Ok(())
    }

    /// The calling thread is inside `exit`: the listener that it runs never runs on, nor again.
    fn forget_running(&self, state: &mut State) {
        if let Some((running, _)) = state.running.take_if(|(_, on)| *on == this_thread()) {
            state.is_delivering = false;
            let listener = state.listeners.iter_mut().find(|listener| listener.id() == running);
            listener.into_iter().for_each(Listener::silence);
        }
        self.changed.notify_all();
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
        let is_elsewhere = |state: &mut State| state.running.is_some_and(|(running, on)| running == id && on != me);
        drop(self.changed.wait_while(state, is_elsewhere));
        at.is_some()
    }

    /// Fires an event, if anybody listens. Waits for room where the library has it so, but never
    /// on a thread of the context's own. In a context that has gone nobody listens.
    pub(crate) fn emit<E: Event>(&self, payload: E::Payload) {
        let may_wait = self.overflow == Overflow::Block && !is_inside(self.attendance.inside());
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
        if !state.listeners.iter().any(|listener| listener.hears(E::INFO.name)) {
            return;
        }
        state.line.miss();
        release(state);
        self.changed.notify_all();
        if self.is_fetched() {
            self.attendance.stir();
        }
    }

    fn put<E: Event>(&self, payload: E::Payload, may_wait: bool) -> Option<Box<dyn AnyEvent>> {
        if self.count.load(Ordering::Relaxed) == 0 {
            return None;
        }
        let event = Box::new(Fired::<E>(payload));
        let mut state = self.state();
        if may_wait {
            let is_full = |state: &mut State| {
                let is_heard = |state: &State| state.listeners.iter().any(|listener| listener.hears(E::INFO.name));
                state.phase == Phase::Open && state.line.is_full() && is_heard(state)
            };
            state = unpoisoned(self.changed.wait_while(state, is_full));
        }
        if !state.listeners.iter().any(|listener| listener.hears(E::INFO.name)) {
            drop(state);
            return Some(event);
        }
        let dropped = state.line.push(event, self.overflow == Overflow::DropOldest);
        release(state);
        self.changed.notify_all();
        if self.is_fetched() {
            self.attendance.stir();
        }
        dropped
    }

    /// Releases those that wait for room, since the context closes.
    pub(crate) fn begin_closing(&self) {
        let mut state = self.state();
        if state.phase == Phase::Open {
            state.phase = Phase::Closing;
        }
        drop(state);
        self.changed.notify_all();
    }

    /// The end: waits until everything is delivered, at most until `latest`, and then drops the
    /// listeners and what is still in line. A listener that runs on the delivery thread is
    /// waited for, and so is a host that fetches the last replies.
    pub(crate) fn close(&self, latest: Instant) {
        self.finish_fetching(latest);
        let left = latest.saturating_duration_since(Instant::now());
        // A host that fetches does so while it waits for the end, and not if it does not wait.
        let is_busy = |state: &mut State| !state.is_abandoned() && (state.is_delivering || !state.line.is_empty());
        let waited = self.changed.wait_timeout_while(self.state(), left, is_busy);
        let mut state = unpoisoned(waited).0;
        state.phase = Phase::Closed;
        state.listeners.clear();
        self.count.store(0, Ordering::Relaxed);
        let undelivered = state.line.take_all();
        let (pull, dropped) = (state.pull.take(), std::mem::take(&mut state.dropped));
        drop(state);
        // An emitter may keep the hub for long, but not the descriptor.
        drop(pull);
        self.changed.notify_all();
        dropped.into_iter().for_each(discard);
        for (_, entry) in undelivered {
            if let Entry::Event(event) = entry {
                discard(event);
            }
        }
        // A thread that exits is not there any more, and not joined.
        let is_there = |state: &mut State| state.is_thread_there;
        let waited = self.changed.wait_while(self.state(), is_there);
        let thread = unpoisoned(waited).thread.take();
        if let Some(thread) = thread {
            // It traps every panic of the author's; one of our own has been printed.
            let _ = thread.join();
        }
    }

    /// Delivers what is fired until the context has gone.
    fn deliver_all(&self) {
        loop {
            let is_idle = |state: &mut State| {
                state.phase != Phase::Closed && (state.line.is_empty() || state.is_delivering || state.pull.is_some())
            };
            let state = unpoisoned(self.changed.wait_while(self.state(), is_idle));
            if state.phase == Phase::Closed {
                return;
            }
            self.deliver(state);
        }
    }

    /// Delivers the first event in line, if there is one.
    fn deliver(&self, mut state: MutexGuard<'_, State>) {
        let Some((number, entry)) = state.line.pop() else { return };
        state.is_delivering = true;
        release(state);
        // There is room for another.
        self.changed.notify_all();
        let mut turns = Turns { hub: self, number, last: 0 };
        match entry {
            Entry::Event(event) => event.deliver(&mut turns),
            Entry::Gap(count) => deliver_gap(count, &mut turns),
        }
        let mut state = self.state();
        state.is_delivering = false;
        let dropped = std::mem::take(&mut state.dropped);
        release(state);
        dropped.into_iter().for_each(discard);
        self.changed.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

impl AtExit for Hub {
    /// Another thread delivers what is next.
    fn exits(&self, _part: Part) {
        self.forget_running(&mut self.state());
    }
}

/// The context's delivery thread.
struct Delivery(Arc<Hub>);

impl Delivery {
    /// The thread's life.
    fn run(self) {
        let Self(hub) = &self;
        // SAFETY: it is dropped before `self`.
        let frame = unsafe { Frame::enter(hub.attendance.inside(), &self, Part::Other) };
        hub.deliver_all();
        drop(frame);
        hub.state().is_thread_there = false;
        hub.changed.notify_all();
    }
}

impl AtExit for Delivery {
    /// Another thread takes its place.
    fn exits(&self, _part: Part) {
        let Self(hub) = self;
        let mut state = hub.state();
        hub.forget_running(&mut state);
        state.thread = None;
        state.is_thread_there = false;
        if state.phase != Phase::Closed {
            // Where the system gives no thread now, it may to the next listener.
            let _ = hub.start(&mut state);
        }
        drop(state);
        hub.changed.notify_all();
    }
}

/// The listeners that one event goes to.
#[derive(Debug)]
struct Turns<'a> {
    hub: &'a Hub,
    /// The event's number in the line.
    number: u64,
    /// The listener that was called last.
    last: u64,
}

impl<'a> Turns<'a> {
    /// The next listener that was there when the event was fired and is still, and hears it.
    fn next(&mut self, event: Option<&str>) -> Option<Turn<'a>> {
        let mut state = self.hub.state();
        let mut later = state.listeners.iter().filter(|listener| listener.id() > self.last);
        let hears = |listener: &Listener| event.is_none_or(|event| listener.hears(event));
        let listener = *later.find(|listener| listener.was_there(self.number) && hears(listener))?;
        self.last = listener.id();
        state.running = Some((listener.id(), this_thread()));
        Some(Turn { hub: self.hub, listener })
    }
}

impl Recipients for Turns<'_> {
    fn call_each(&mut self, event: Option<&str>, call: &mut dyn FnMut(&Listener)) {
        while let Some(turn) = self.next(event) {
            call(&turn.listener);
        }
    }
}

/// One listener while it is called. Nobody removes it meanwhile, but itself.
#[derive(Debug)]
struct Turn<'a> {
    hub: &'a Hub,
    listener: Listener,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.hub.state().running = None;
        self.hub.changed.notify_all();
    }
}
