//! Where the replies of a worker go: to the host at once, or to the hub of a host that fetches
//! them.

use crate::hub::Hub;
use crate::pending::Pending;
use crate::sync::{Arc, thread_local};
use std::cell::Cell;
use std::marker::PhantomData;
use std::ptr::NonNull;

thread_local! {
    /// That of the context whose worker this thread is. A pointer, so that every reply may look
    /// for little: nothing is counted, and nothing dropped at the thread's end.
    static HUB: Cell<Option<NonNull<Hub>>> = const { Cell::new(None) };
}

/// While it lives, this thread is a context's worker.
#[derive(Debug)]
pub(crate) struct Outbox {
    /// What the thread's pointer points to. Both go together.
    _hub: Arc<Hub>,
    _stays_here: PhantomData<*const ()>,
}

impl Outbox {
    pub(crate) fn of(hub: &Arc<Hub>) -> Self {
        HUB.with(|outbox| outbox.set(Some(NonNull::from(&**hub))));
        Self { _hub: Arc::clone(hub), _stays_here: PhantomData }
    }
}

impl Drop for Outbox {
    fn drop(&mut self) {
        HUB.with(Cell::take);
    }
}

/// The hub that keeps this thread's replies, where the host fetches them.
#[inline]
fn fetched<'a>() -> Option<&'a Hub> {
    let hub = HUB.try_with(Cell::get).ok().flatten()?;
    // SAFETY: this thread's `Outbox` holds the hub, and takes the pointer away when it goes. It is
    // at the bottom of the thread's stack, so it outlives what is done with the hub here.
    let hub = unsafe { hub.as_ref() };
    hub.is_fetched().then_some(hub)
}

/// Whether replies that are fired on this thread wait for the host to fetch them.
#[inline]
pub(crate) fn is_fetched() -> bool {
    fetched().is_some()
}

/// Fires a reply: at once, or where this is the worker of a host that fetches, when that does.
/// The call is given where others may answer it or warn.
pub(crate) fn fire(call: Option<Arc<Pending>>, reply: impl FnOnce() + Send + 'static) {
    let Some(hub) = fetched() else { return reply() };
    if let Some(call) = &call {
        call.settle();
    }
    if let Err(reply) = hub.post(call.map(|call| call as _), Box::new(reply)) {
        hub.run_abandoned();
        reply();
    }
}

/// While it lives, replies are fired at once on this thread, whosever worker it is: they are no
/// work of that worker's.
#[derive(Debug)]
pub(crate) struct Aside(Option<NonNull<Hub>>);

impl Aside {
    pub(crate) fn step() -> Self {
        Self(HUB.try_with(Cell::take).ok().flatten())
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        let _ = HUB.try_with(|outbox| outbox.set(self.0));
    }
}
