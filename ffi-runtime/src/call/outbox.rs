//! The outbox of a worker: its replies go to the host at once, or to the dispatcher of a host that polls.

use super::pending::Pending;
use crate::events::Dispatcher;
use crate::sync::{Arc, thread_local};
use std::cell::Cell;
use std::marker::PhantomData;
use std::ptr::NonNull;

thread_local! {
    /// That of the context whose worker this thread is. A pointer, so that every reply may look
    /// for little: nothing is counted, and nothing dropped at the thread's end.
    static DISPATCHER: Cell<Option<NonNull<Dispatcher>>> = const { Cell::new(None) };
}

/// While it lives, this thread is a context's worker.
#[derive(Debug)]
pub(crate) struct Outbox {
    /// What the thread's pointer points to. Both go together.
    _dispatcher: Arc<Dispatcher>,
    _stays_here: PhantomData<*const ()>,
}

impl Outbox {
    pub(crate) fn of(dispatcher: &Arc<Dispatcher>) -> Self {
        DISPATCHER.with(|outbox| outbox.set(Some(NonNull::from(&**dispatcher))));
        Self { _dispatcher: Arc::clone(dispatcher), _stays_here: PhantomData }
    }
}

impl Drop for Outbox {
    fn drop(&mut self) {
        DISPATCHER.with(Cell::take);
    }
}

/// The dispatcher that keeps this thread's replies, where the host polls.
#[inline]
fn polled<'a>() -> Option<&'a Dispatcher> {
    let dispatcher = DISPATCHER.try_with(Cell::get).ok().flatten()?;
    // SAFETY: this thread's `Outbox` holds the dispatcher, and takes the pointer away when it goes. It is
    // at the bottom of the thread's stack, so it outlives what is done with the dispatcher here.
    let dispatcher = unsafe { dispatcher.as_ref() };
    dispatcher.is_polled().then_some(dispatcher)
}

/// Whether replies that are fired on this thread wait for the host to dispatch them.
#[inline]
pub(crate) fn is_polled() -> bool {
    polled().is_some()
}

/// Fires a reply: at once, or where this is the worker of a host that polls, when that does.
/// The call is given where others may answer it or warn.
pub(crate) fn fire(call: Option<Arc<Pending>>, reply: impl FnOnce() + Send + 'static) {
    let Some(dispatcher) = polled() else { return reply() };
    if let Some(call) = &call {
        call.settle();
    }
    if let Err(reply) = dispatcher.post(call.map(|call| call as _), Box::new(reply)) {
        dispatcher.run_abandoned();
        reply();
    }
}

/// While it lives, replies are fired at once on this thread, whatever context's worker it is: they are no
/// work of that worker's.
#[derive(Debug)]
pub(crate) struct ImmediateReplies(Option<NonNull<Dispatcher>>);

impl ImmediateReplies {
    pub(crate) fn begin() -> Self {
        Self(DISPATCHER.try_with(Cell::take).ok().flatten())
    }
}

impl Drop for ImmediateReplies {
    fn drop(&mut self) {
        let _ = DISPATCHER.try_with(|outbox| outbox.set(self.0));
    }
}
