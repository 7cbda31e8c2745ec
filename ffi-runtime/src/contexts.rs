//! What the contexts of one library share: the slots they stand in, the library's place in its process,
//! and its watch.

use crate::lazy::PerProcess;
use crate::process::Footing;
use crate::slots::Slots;
use crate::sync::{Arc, Mutex, MutexGuard, lock};
use crate::watch::Watch;

/// The contexts of one library.
pub(crate) struct Contexts<C> {
    library: &'static str,
    footing: Footing,
    slots: Slots<C>,
    watch: PerProcess<Watch>,
    /// Whose watch is used instead.
    lender: Option<fn() -> &'static Watch>,
    /// Contexts that take themselves down, until nothing is left of them.
    falling: PerProcess<Mutex<Vec<Arc<C>>>>,
}

impl<C: Send + Sync> Contexts<C> {
    /// None yet, of the library of this name.
    pub(crate) const fn new(library: &'static str) -> Self {
        Self::with(library, None)
    }

    /// None yet, of a library that uses the watch of another.
    pub(crate) const fn beside(library: &'static str, lender: fn() -> &'static Watch) -> Self {
        Self::with(library, Some(lender))
    }

    const fn with(library: &'static str, lender: Option<fn() -> &'static Watch>) -> Self {
        Self {
            library,
            footing: Footing::new(),
            slots: Slots::new(),
            watch: PerProcess::new(),
            lender,
            falling: PerProcess::new(),
        }
    }

    /// Where the library stands in its process.
    #[inline]
    pub(crate) fn footing(&self) -> &Footing {
        &self.footing
    }

    /// The slots that the contexts stand in.
    #[inline]
    pub(crate) fn slots(&self) -> &Slots<C> {
        &self.slots
    }

    /// What looks after calls that take long.
    pub(crate) fn watch(&'static self) -> &'static Watch {
        self.lender.map_or_else(|| self.watch.get(|| Watch::new(self.library)), |lend| lend())
    }

    /// The contexts that take themselves down.
    pub(crate) fn falling(&self) -> MutexGuard<'_, Vec<Arc<C>>> {
        lock(self.falling.get(Mutex::default))
    }
}
