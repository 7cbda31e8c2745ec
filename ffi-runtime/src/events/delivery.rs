//! The delivery of events: a context's own thread calls its listeners, or the host that polls does.
//!
//! - Events are delivered one by one, in the order in which they were fired, and each to its listeners in the order
//!   in which those were added.
//! - Nothing is locked while a listener runs. Nobody removes it meanwhile but itself.

use super::dispatcher::{Dispatcher, DispatcherState, Lifecycle, release};
use super::listener::Listener;
use super::payload::{Recipients, deliver_gap, discard};
use super::queue::QueueItem;
use crate::process::spawn;
use crate::schema::Text;
use crate::sync::{Arc, MutexGuard, unpoisoned};
use crate::threads::{AtExit, ContextScope, Part, this_thread};
use std::io;

impl Dispatcher {
    /// Starts the delivery thread, unless it is there.
    pub(super) fn start(self: &Arc<Self>, state: &mut DispatcherState) -> io::Result<()> {
        if state.thread.is_none() {
            let thread = DeliveryThread(Arc::clone(self));
            state.thread = Some(spawn(format!("{}-events", self.library), move || thread.run())?);
            state.is_thread_there = true;
        }
        Ok(())
    }

    /// The calling thread is inside `exit`: the listener that it runs never runs on, nor again.
    fn forget_running(&self, state: &mut DispatcherState) {
        if let Some((running, _)) = state.running.take_if(|(_, on)| *on == this_thread()) {
            state.is_delivering = false;
            let listener = state.listeners.iter_mut().find(|listener| listener.id() == running);
            listener.into_iter().for_each(Listener::silence);
        }
        self.changed.notify_all();
    }

    /// Delivers what is fired until the context has gone.
    fn deliver_all(&self) {
        loop {
            let is_idle = |state: &mut DispatcherState| {
                state.lifecycle != Lifecycle::Closed && (!state.has_event() || state.polled.is_some())
            };
            let state = unpoisoned(self.changed.wait_while(self.state(), is_idle));
            if state.lifecycle == Lifecycle::Closed {
                return;
            }
            self.deliver(state);
        }
    }

    /// Delivers the first event in the queue, if there is one.
    pub(super) fn deliver(&self, mut state: MutexGuard<'_, DispatcherState>) {
        let Some((number, entry)) = state.queue.pop() else { return };
        state.is_delivering = true;
        release(state);
        // There is room for another.
        self.changed.notify_all();
        let mut deliveries = Deliveries { dispatcher: self, number, last: 0 };
        match entry {
            QueueItem::Event(event) => event.deliver(&mut deliveries),
            QueueItem::Gap(count) => deliver_gap(count, &mut deliveries),
        }
        let mut state = self.state();
        state.is_delivering = false;
        let dropped = std::mem::take(&mut state.dropped);
        release(state);
        dropped.into_iter().for_each(discard);
        self.changed.notify_all();
    }
}

impl AtExit for Dispatcher {
    /// Another thread delivers what is next.
    fn exits(&self, _part: Part) {
        self.forget_running(&mut self.state());
    }
}

/// The context's delivery thread.
struct DeliveryThread(Arc<Dispatcher>);

impl DeliveryThread {
    /// The thread's life.
    fn run(self) {
        let Self(dispatcher) = &self;
        // SAFETY: it is dropped before `self`.
        let scope = unsafe { ContextScope::enter(dispatcher.latch.context_id(), &self, Part::Other) };
        dispatcher.deliver_all();
        drop(scope);
        dispatcher.state().is_thread_there = false;
        dispatcher.changed.notify_all();
    }
}

impl AtExit for DeliveryThread {
    /// Another thread takes its place.
    fn exits(&self, _part: Part) {
        let Self(dispatcher) = self;
        let mut state = dispatcher.state();
        dispatcher.forget_running(&mut state);
        state.thread = None;
        state.is_thread_there = false;
        if state.lifecycle != Lifecycle::Closed {
            // Where the system gives no thread now, it may to the next listener.
            let _ = dispatcher.start(&mut state);
        }
        drop(state);
        dispatcher.changed.notify_all();
    }
}

/// The listeners that one event goes to.
#[derive(Debug)]
struct Deliveries<'a> {
    dispatcher: &'a Dispatcher,
    /// The event's number in the queue.
    number: u64,
    /// The listener that was called last.
    last: u64,
}

impl<'a> Deliveries<'a> {
    /// The next listener that was there when the event was fired and is still, and hears it.
    fn next(&mut self, event: Option<&str>) -> Option<Delivery<'a>> {
        let mut state = self.dispatcher.state();
        let mut later = state.listeners.iter().filter(|listener| listener.id() > self.last);
        let hears = |listener: &Listener| event.is_none_or(|event| listener.hears(event));
        let listener = *later.find(|listener| listener.was_there(self.number) && hears(listener))?;
        self.last = listener.id();
        state.running = Some((listener.id(), this_thread()));
        Some(Delivery { dispatcher: self.dispatcher, listener })
    }
}

impl Recipients for Deliveries<'_> {
    fn text(&self) -> Text {
        self.dispatcher.text
    }

    fn call_each(&mut self, event: Option<&str>, call: &mut dyn FnMut(&Listener)) {
        while let Some(delivery) = self.next(event) {
            call(&delivery.listener);
        }
    }
}

/// One listener while it is called. Nobody removes it meanwhile, but itself.
#[derive(Debug)]
struct Delivery<'a> {
    dispatcher: &'a Dispatcher,
    listener: Listener,
}

impl Drop for Delivery<'_> {
    fn drop(&mut self) {
        self.dispatcher.state().running = None;
        self.dispatcher.changed.notify_all();
    }
}
