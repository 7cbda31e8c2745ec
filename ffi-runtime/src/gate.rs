//! The gate of a slot: one word, and the value that it guards.
//!
//! - The word holds a generation, whether the gate is closed, and how many callers are inside.
//!   Entering is one compare-and-swap on it, so nobody enters a gate that is closed or is
//!   another generation's.
//! - Whoever closes the gate waits for the callers inside. What they did there is done before
//!   the closer goes on.
//! - The value is written only while the gate is closed and nobody is inside.

use crate::sync::atomic::{AtomicU64, Ordering};
use crate::sync::{Arc, UnsafeCell, thread};
use std::ops::Deref;

/// In the word: callers below, then this bit, then the generation.
const CLOSED: u64 = 1 << 31;
const CALLERS: u64 = CLOSED - 1;
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
        let mut word = self.word.load(Ordering::Relaxed);
        loop {
            if inside(word, generation) >= CALLERS {
                return None;
            }
            match self.word.compare_exchange_weak(word, word + 1, Ordering::Acquire, Ordering::Relaxed) {
                Ok(_) => return Some(Entered { gate: self }),
                Err(now) => word = now,
            }
        }
    }

    /// Whether the gate is open for this generation at this moment.
    pub(crate) fn is_open(&self, generation: u64) -> bool {
        admits(self.word.load(Ordering::Relaxed), generation)
    }

    /// Closes the gate; `None` where it is not open for this generation. When this returns, all
    /// callers have left and none will enter again.
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
        while self.word.load(Ordering::Acquire) & CALLERS != 0 {
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
    /// Whoever closed the gate must be done with it, and the calling thread the only one that
    /// may vacate it.
    pub(crate) unsafe fn vacate(&self) -> Option<Arc<C>> {
        self.value.with_mut(|place| {
            // SAFETY: the gate is closed, no caller is inside, and its closer is done with it.
            unsafe { &mut *place }.take()
        })
    }
}

/// Whether the word is an open gate's of this generation.
fn admits(word: u64, generation: u64) -> bool {
    inside(word, generation) <= CALLERS
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

impl<C> Entered<'_, C> {
    fn value(&self) -> &Arc<C> {
        let value = self.gate.value.with(|place| {
            // SAFETY: a caller is inside, so nobody writes the value.
            unsafe { &*place }
        });
        value.as_ref().expect("an open gate has a value")
    }
}

impl<C> Deref for Entered<'_, C> {
    type Target = C;

    fn deref(&self) -> &C {
        self.value()
    }
}

impl<C> Drop for Entered<'_, C> {
    fn drop(&mut self) {
        self.gate.word.fetch_sub(1, Ordering::Release);
    }
}
