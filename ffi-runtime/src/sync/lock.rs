//! A lock for what every call does: the standard library's, without its record of panics.
//!
//! - Nobody panics while holding it, and it would do no harm: what it guards is whole between any
//!   two steps. The standard library's asks at both ends whether somebody did, which costs as much
//!   as the lock itself.
//! - Taking a free lock is one compare-and-swap, and giving it back one swap. Who finds it taken
//!   looks again for a moment and then sleeps.

use crate::sync::atomic::{AtomicU32, Ordering};
use crate::sync::{Condvar, Mutex, PoisonError, UnsafeCell};
use std::ops::{Deref, DerefMut};

const FREE: u32 = 0;
const TAKEN: u32 = 1;
/// Taken, and somebody may sleep until it is free.
const AWAITED: u32 = 2;

/// How often a lock that is taken is looked at before sleeping. Whoever holds it moves one item.
/// A checker's threads have nothing to gain from looking.
const LOOKS: std::ops::Range<u32> = 0..if cfg!(ffi_model) { 0 } else { 100 };

/// A value that one thread at a time reaches.
#[derive(Debug)]
pub(crate) struct Lock<T> {
    state: AtomicU32,
    /// Held by those who are about to sleep, and by those who are about to wake one.
    sleepers: Mutex<()>,
    is_free: Condvar,
    /// Reached only by the holder of a [`Held`], of which there is one while the state is not free.
    value: UnsafeCell<T>,
}

// SAFETY: the state sees to it that one thread at a time reaches the value.
unsafe impl<T: Send> Sync for Lock<T> {}

impl<T> Lock<T> {
    pub(crate) fn new(value: T) -> Self {
        Self {
            state: AtomicU32::new(FREE),
            sleepers: Mutex::new(()),
            is_free: Condvar::new(),
            value: UnsafeCell::new(value),
        }
    }

    /// Waits until nobody holds the lock, and takes it.
    #[inline]
    pub(crate) fn hold(&self) -> Held<'_, T> {
        if !self.try_take() {
            self.await_free();
        }
        Held { lock: self }
    }

    #[inline]
    fn try_take(&self) -> bool {
        self.state.compare_exchange(FREE, TAKEN, Ordering::Acquire, Ordering::Relaxed).is_ok()
    }

    #[cold]
    fn await_free(&self) {
        for _ in LOOKS {
            std::hint::spin_loop();
            if self.state.load(Ordering::Relaxed) == FREE && self.try_take() {
                return;
            }
        }
        let sleepers = self.sleepers.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever gives the lock back after this swap finds it awaited, and wakes only once it has
        // `sleepers`: when this thread sleeps.
        drop(self.is_free.wait_while(sleepers, |()| self.state.swap(AWAITED, Ordering::Acquire) != FREE));
    }

    #[cold]
    fn wake(&self) {
        drop(self.sleepers.lock());
        self.is_free.notify_all();
    }
}

/// The lock, held by this thread until this is dropped.
#[derive(Debug)]
pub(crate) struct Held<'a, T> {
    lock: &'a Lock<T>,
}

impl<T> Deref for Held<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        self.lock.value.with(|value| {
            // SAFETY: this thread holds the lock.
            unsafe { &*value }
        })
    }
}

impl<T> DerefMut for Held<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        self.lock.value.with_mut(|value| {
            // SAFETY: this thread holds the lock, and `self` is borrowed for as long.
            unsafe { &mut *value }
        })
    }
}

impl<T> Drop for Held<'_, T> {
    #[inline]
    fn drop(&mut self) {
        if self.lock.state.swap(FREE, Ordering::Release) == AWAITED {
            self.lock.wake();
        }
    }
}

#[cfg(all(test, not(ffi_model)))]
mod tests {
    use super::Lock;
    use std::thread;

    #[test]
    fn one_thread_at_a_time_reaches_the_value() {
        const ROUNDS: u64 = 100_000;
        let count = Lock::new(0_u64);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..ROUNDS).for_each(|_| *count.hold() += 1));
            }
        });
        assert_eq!(*count.hold(), 4 * ROUNDS);
    }

    #[test]
    fn who_finds_it_taken_sleeps_until_it_is_free() {
        let lock = Lock::new(0_u64);
        let held = lock.hold();
        thread::scope(|scope| {
            let other = scope.spawn(|| *lock.hold() += 1);
            thread::sleep(std::time::Duration::from_millis(50));
            assert!(!other.is_finished());
            drop(held);
        });
        assert_eq!(*lock.hold(), 1);
    }
}
