//! The listeners of a context, kept for as long as the library may call them.

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Listeners by their addresses.
#[derive(Default)]
pub(crate) struct Listeners(Mutex<Kept>);

type Kept = HashMap<usize, Arc<dyn Any + Send + Sync>>;

impl Listeners {
    /// Keeps a listener until it is removed, or the context has ended.
    pub(crate) fn keep(&self, listener: Arc<dyn Any + Send + Sync>) {
        self.lock().insert(address(&listener), listener);
    }

    /// Lets go of a listener that is not called any more.
    pub(crate) fn remove(&self, address: usize) {
        // Dropped outside the lock, for its drop is the host's code.
        let removed = self.lock().remove(&address);
        drop(removed);
    }

    /// Lets go of all of them.
    pub(crate) fn clear(&self) {
        let all = std::mem::take(&mut *self.lock());
        drop(all);
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where a listener is, which is what the library knows of it.
pub(crate) fn address<T: ?Sized>(listener: &Arc<T>) -> usize {
    Arc::as_ptr(listener).cast::<()>().addr()
}
