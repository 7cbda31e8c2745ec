//! What the contexts of one library share: their slots, the guard against forks, and the watchdog.

use super::slots::Slots;
use crate::lazy::PerProcess;
use crate::process::ProcessGuard;
use crate::sync::{Arc, Mutex, MutexGuard, lock};
use crate::timing::Watchdog;

/// The contexts of one library.
pub(crate) struct Contexts<C> {
    library: &'static str,
    process_guard: ProcessGuard,
    slots: Slots<C>,
    watchdog: PerProcess<Watchdog>,
    /// The watchdog of another library, which is used instead.
    shared_watchdog: Option<fn() -> &'static Watchdog>,
    /// Contexts that take themselves down, until nothing is left of them.
    tearing_down: PerProcess<Mutex<Vec<Arc<C>>>>,
}

impl<C: Send + Sync> Contexts<C> {
    /// None yet, of the library of this name.
    pub(crate) const fn new(library: &'static str) -> Self {
        Self::with(library, None)
    }

    /// None yet, of a library that uses the watchdog of another.
    pub(crate) const fn beside(library: &'static str, shared_watchdog: fn() -> &'static Watchdog) -> Self {
        Self::with(library, Some(shared_watchdog))
    }

    const fn with(library: &'static str, shared_watchdog: Option<fn() -> &'static Watchdog>) -> Self {
        Self {
            library,
            process_guard: ProcessGuard::new(),
            slots: Slots::new(),
            watchdog: PerProcess::new(),
            shared_watchdog,
            tearing_down: PerProcess::new(),
        }
    }

    /// Whether the library can be used in this process.
    #[inline]
    pub(crate) fn process_guard(&self) -> &ProcessGuard {
        &self.process_guard
    }

    /// The slots that the contexts stand in.
    #[inline]
    pub(crate) fn slots(&self) -> &Slots<C> {
        &self.slots
    }

    /// What fires the timers of calls that take long.
    pub(crate) fn watchdog(&'static self) -> &'static Watchdog {
        self.shared_watchdog.map_or_else(|| self.watchdog.get(|| Watchdog::new(self.library)), |lend| lend())
    }

    /// The contexts that take themselves down.
    pub(crate) fn tearing_down(&self) -> MutexGuard<'_, Vec<Arc<C>>> {
        lock(self.tearing_down.get(Mutex::default))
    }
}
