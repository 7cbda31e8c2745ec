//! The gate of a slot: one word, and the value that it guards.
//!
//! - The word holds a generation, whether the gate is closed, and how many callers are inside:
//!   those that pass through, and those that stay for longer. Entering is one compare-and-swap
//!   on it, so nobody enters a gate that is closed or is another generation's.
//! - Whoever closes the gate waits for the callers that pass through. What they did there is
//!   done before the closer goes on.
//! - Whoever vacates it does that once those that stay have left. The last of them to leave a
//!   closed gate tells.
//! - The value is written only while the gate is closed and nobody is inside.

use crate::sync::atomic::{AtomicU64, Ordering};
use crate::sync::{Arc, UnsafeCell, thread};
use std::ops::Deref;

/// In the word: callers that pass through below, then those that stay, then this bit, then the
/// generation.
const CLOSED: u64 = 1 << 31;
/// One caller that stays.
const STAY: u64 = 1 << 15;
const PASSING: u64 = STAY - 1;
const STAYING: u64 = CLOSED - STAY;
const GENERATION: u32 = 32;

/// A gate is vacant, then open, then closed, then vacant again, for the next generation.
#[derive(Debug)]
pub(crate) struct Gate<C> {
    word: AtomicU64,
    /// Written only while the gate is closed and no caller is inside; read only by callers
    /// inside and by the one that closed it.
    value: UnsafeCell<Option<Arc<C>>>,
}

// SAFETY: the word guards the value, as its documentation says, and values are shared between
// threads by `Arc`.
unsafe impl<C: Send + Sync> Sync for Gate<C> {}

impl<C> Gate<C> {
    /// A gate that has not been open yet.
    pub(crate) fn vacant(generation: u64) -> Self {
        Self { word: AtomicU64::new(generation << GENERATION | CLOSED), value: UnsafeCell::new(None) }
    }

    /// The generation that the gate was last opened for.
    pub(crate) fn generation(&self) -> u64 {
        self.word.load(Ordering::Relaxed) >> GENERATION
    }

    /// Opens the gate of a value for this generation.
    ///
    /// # Safety
    /// The gate must be vacant, and the calling thread the only one that may open it.
    pub(crate) unsafe fn open(&self, generation: u64, value: Arc<C>) {
        self.value.with_mut(|place| {
            // SAFETY: a vacant gate is closed and nobody is inside; no other thread opens it.
            unsafe { *place = Some(value) };
        });
        self.word.store(generation << GENERATION, Ordering::Release);
    }

    /// Enters the gate if it is open for this generation; the value then stays until the guard
    /// is dropped.
    pub(crate) fn enter(&self, generation: u64) -> Option<Entered<'_, C>> {
        self.count(generation, 1, PASSING).then(|| Entered { gate: self })
    }

    /// Enters the gate for as long as it takes, which nobody who closes it waits for; the value
    /// stays until [`Gate::leave`].
    pub(crate) fn stay(&self, generation: u64) -> Option<&C> {
        self.count(generation, STAY, STAYING).then(|| &**self.value())
    }

    /// Counts one more caller, unless the gate is closed, another generation's, or full.
    fn count(&self, generation: u64, one: u64, all: u64) -> bool {
        let mut word = self.word.load(Ordering::Relaxed);
        loop {
            let inside = inside(word, generation);
            if inside >= CLOSED || inside & all == all {
                return false;
            }
            match self.word.compare_exchange_weak(word, word + one, Ordering::Acquire, Ordering::Relaxed) {
                Ok(_) => return true,
                Err(now) => word = now,
            }
        }
    }

    /// Ends a stay. Where the gate was closed meanwhile, gives what `take` took from the value
    /// before: with it the one who waits for the stays to end is told.
    ///
    /// # Safety
    /// The caller must have entered by [`Gate::stay`], and not have left since.
    pub(crate) unsafe fn leave<R>(&self, take: impl FnOnce(&C) -> R) -> Option<R> {
        let mut word = self.word.load(Ordering::Relaxed);
        while word & CLOSED == 0 {
            match self.word.compare_exchange_weak(word, word - STAY, Ordering::Release, Ordering::Relaxed) {
                Ok(_) => return None,
                Err(now) => word = now,
            }
        }
        let taken = take(self.value());
        self.word.fetch_sub(STAY, Ordering::Release);
        Some(taken)
    }

    /// Whether somebody stays. Of a closed gate, once not always not.
    pub(crate) fn is_stayed_in(&self) -> bool {
        self.word.load(Ordering::Acquire) & STAYING != 0
    }

    /// The value. The caller must be inside.
    fn value(&self) -> &Arc<C> {
        let value = self.value.with(|place| {
            // SAFETY: a caller is inside, so nobody writes the value.
            unsafe { &*place }
        });
        value.as_ref().expect("an open gate has a value")
    }

    /// Whether the gate is open for this generation at this moment.
    pub(crate) fn is_open(&self, generation: u64) -> bool {
        admits(self.word.load(Ordering::Relaxed), generation)
    }

    /// Whether somebody passes through.
    pub(crate) fn is_passed(&self) -> bool {
        self.word.load(Ordering::Acquire) & PASSING != 0
    }

    /// Closes the gate; `None` where it is not open for this generation. When this returns, all
    /// callers have left but those that stay, and none will enter again.
    pub(crate) fn close(&self, generation: u64) -> Option<Arc<C>> {
        let mut word = self.word.load(Ordering::Relaxed);
        loop {
            if !admits(word, generation) {
                return None;
            }
            match self.word.compare_exchange_weak(word, word | CLOSED, Ordering::Acquire, Ordering::Relaxed) {
                Ok(_) => break,
                Err(now) => word = now,
            }
        }
        while self.word.load(Ordering::Acquire) & PASSING != 0 {
            thread::yield_now();
        }
        self.value.with(|place| {
            // SAFETY: this thread closed the gate, and it is not vacated before this thread
            // has let that be known.
            unsafe { &*place }.clone()
        })
    }

    /// Makes a closed gate vacant, and gives back its value.
    ///
    /// # Safety
    /// Whoever closed the gate must be done with it, nobody may stay in it, and the calling
    /// thread must be the only one that may vacate it.
    pub(crate) unsafe fn vacate(&self) -> Option<Arc<C>> {
        self.value.with_mut(|place| {
            // SAFETY: the gate is closed, no caller is inside, and its closer is done with it.
            unsafe { &mut *place }.take()
        })
    }
}

/// Whether the word is an open gate's of this generation.
fn admits(word: u64, generation: u64) -> bool {
    inside(word, generation) < CLOSED
}

/// How many callers are inside an open gate of this generation; of any other gate a number that
/// callers never reach.
fn inside(word: u64, generation: u64) -> u64 {
    word ^ (generation << GENERATION)
}

/// A caller inside a gate.
#[derive(Debug)]
pub(crate) struct Entered<'a, C> {
    gate: &'a Gate<C>,
}

impl<C> Deref for Entered<'_, C> {
    type Target = C;

    fn deref(&self) -> &C {
        self.gate.value()
    }
}

impl<C> Drop for Entered<'_, C> {
    fn drop(&mut self) {
        self.gate.word.fetch_sub(1, Ordering::Release);
    }
}
