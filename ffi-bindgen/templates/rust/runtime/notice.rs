//! What there is no call to tell.

use super::error::Error;
use super::reentrancy;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// Something that a host may want to log.
#[derive(Debug)]
#[non_exhaustive]
pub enum Notice {
    /// A call takes long; it is told of again and again until the answer. Only where the library opted in.
    Stale {
        /// The function.
        function: &'static str,
        /// How long the call has taken so far.
        elapsed: Duration,
    },
    /// A listener panicked. It hears the next event all the same.
    ListenerPanicked {
        /// The event.
        event: &'static str,
        /// The panic's text.
        message: String,
    },
    /// Events were dropped before the next one, because listeners were slower than they came.
    EventsDropped {
        /// The event of the listener that is told. Dropped may be others.
        event: &'static str,
        /// How many.
        count: u64,
    },
    /// An event did not reach a listener.
    EventLost {
        /// The event.
        event: &'static str,
        /// Why.
        error: Error,
    },
}

/// Whom notices are told to.
#[derive(Default)]
pub(crate) struct Hook(RwLock<Option<Arc<Told>>>);

type Told = dyn Fn(&Notice) + Send + Sync;

impl Hook {
    pub(crate) fn set(&self, told: impl Fn(&Notice) + Send + Sync + 'static) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(told));
    }

    /// Tells it, outside the lock; a panic ends here, for there is nobody left to tell of it.
    pub(crate) fn tell(&self, notice: &Notice) {
        let told = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(told) = told {
            let _ = reentrancy::inside(|| told(notice));
        }
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stale { function, elapsed } => write!(f, "{function} has taken {} ms so far", elapsed.as_millis()),
            Self::ListenerPanicked { event, message } => write!(f, "a listener of {event} panicked: {message}"),
            Self::EventsDropped { event, count } => write!(f, "{count} events were dropped before the next {event}"),
            Self::EventLost { event, error } => write!(f, "an event {event} was lost: {error}"),
        }
    }
}
