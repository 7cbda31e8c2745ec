//! Where the replies of a worker go: to the host at once, or to the hub of a host that fetches
//! them.

use crate::hub::Hub;
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
pub(crate) fn fire(reply: impl FnOnce() + Send + 'static) {
    let fetching =
        |outbox: &RefCell<Option<Arc<Hub>>>| outbox.borrow().as_ref().filter(|hub| hub.is_fetched()).cloned();
    match HUB.try_with(fetching).ok().flatten() {
        Some(hub) => hub.post(Box::new(reply)),
        None => reply(),
    }
}
