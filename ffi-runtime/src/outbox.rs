//! Where the replies of a worker go: to the host at once, or to the hub of a host that fetches
//! them.

use crate::hub::Hub;
use crate::pending::Pending;
use crate::sync::{Arc, thread_local};
use std::cell::RefCell;

thread_local! {
    /// That of the context whose worker this thread is.
    static HUB: RefCell<Option<Arc<Hub>>> = const { RefCell::new(None) };
}

/// While it lives, this thread is a context's worker.
#[derive(Debug)]
pub(crate) struct Outbox(());

impl Outbox {
    pub(crate) fn of(hub: &Arc<Hub>) -> Self {
        let _ = HUB.try_with(|outbox| outbox.replace(Some(Arc::clone(hub))));
        Self(())
    }
}

impl Drop for Outbox {
    fn drop(&mut self) {
        let _ = HUB.try_with(|outbox| outbox.take());
    }
}

/// Fires a reply: at once, or where this is the worker of a host that fetches, when that does.
/// The call is given where others may answer it or warn.
pub(crate) fn fire(call: Option<Arc<Pending>>, reply: impl FnOnce() + Send + 'static) {
    let fetching =
        |outbox: &RefCell<Option<Arc<Hub>>>| outbox.borrow().as_ref().filter(|hub| hub.is_fetched()).cloned();
    let Some(hub) = HUB.try_with(fetching).ok().flatten() else { return reply() };
    if let Some(call) = &call {
        call.settle();
    }
    if let Err(reply) = hub.post(call, Box::new(reply)) {
        hub.run_abandoned();
        reply();
    }
}

/// While it lives, replies are fired at once on this thread, whosever worker it is: they are no
/// work of that worker's.
#[derive(Debug)]
pub(crate) struct Aside(Option<Arc<Hub>>);

impl Aside {
    pub(crate) fn step() -> Self {
        Self(HUB.try_with(RefCell::take).ok().flatten())
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        let hub = self.0.take();
        let _ = HUB.try_with(|outbox| outbox.replace(hub));
    }
}
