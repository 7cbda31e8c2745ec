//! Lazily made values in statics, which no thread waits for.
//!
//! - Two threads that need one at once both make it: the value of the first to finish is kept, the other
//!   value is dropped. So a forked child never waits for a thread that exists in its parent alone.
//! - A value is never freed.

use crate::process::epoch;
use std::sync::atomic::{AtomicPtr, Ordering};

/// A value that the first thread that needs it makes.
#[derive(Debug)]
pub(crate) struct Lazy<T>(AtomicPtr<T>);

impl<T: Send + Sync> Lazy<T> {
    /// Returns one that is not made yet.
    pub(crate) const fn new() -> Self {
        Self(AtomicPtr::new(std::ptr::null_mut()))
    }

    /// Returns the value, and makes it if it is not made yet.
    pub(crate) fn get(&self, make: impl FnOnce() -> T) -> &T {
        self.get_where(|_| true, make)
    }

    /// Returns the value, and makes it anew unless the one that was made still `is_good`.
    fn get_where(&self, is_good: impl FnOnce(&T) -> bool, make: impl FnOnce() -> T) -> &T {
        let made = self.0.load(Ordering::Acquire);
        // SAFETY: NULL, or made from a box that is never freed.
        if let Some(made) = unsafe { made.as_ref() }.filter(|made| is_good(made)) {
            return made;
        }
        let fresh = Box::into_raw(Box::new(make()));
        let kept = match self.0.compare_exchange(made, fresh, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => fresh,
            Err(other) => {
                // SAFETY: made from a box above, and nobody else has seen it.
                drop(unsafe { Box::from_raw(fresh) });
                other
            }
        };
        // SAFETY: made from a box that is never freed, by this thread or by another.
        unsafe { &*kept }
    }
}

/// A value that a forked child makes anew: a lock that another thread of the parent held during the fork would
/// stay locked in the child for ever.
#[derive(Debug)]
pub(crate) struct PerProcess<T>(Lazy<(u32, T)>);

impl<T: Send + Sync> PerProcess<T> {
    /// Returns one that is not made yet.
    pub(crate) const fn new() -> Self {
        Self(Lazy::new())
    }

    /// Returns this process's value, and makes it if it is not made yet.
    pub(crate) fn get(&self, make: impl FnOnce() -> T) -> &T {
        let epoch = epoch();
        let (_, value) = self.0.get_where(|&(made_in, _)| made_in == epoch, || (epoch, make()));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::Lazy;
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    #[test]
    fn threads_that_make_a_value_at_once_all_get_the_one_that_is_kept() {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        for _ in 0..100 {
            let (value, start) = (Lazy::new(), Barrier::new(3));
            let get = || {
                start.wait();
                *value.get(|| MADE.fetch_add(1, Ordering::Relaxed))
            };
            let got = thread::scope(|scope| [scope.spawn(get), scope.spawn(get), scope.spawn(get)].map(|it| it.join()));
            let got = got.map(|it| it.expect("no panic"));
            assert_eq!(got, [got[0]; 3]);
        }
    }

    #[test]
    fn nobody_waits_for_who_makes_a_value() {
        let value = Lazy::new();
        let inner = value.get(|| {
            // As another thread would while this one makes its own.
            *value.get(|| 1) + 1
        });
        assert_eq!(*inner, 1);
    }
}
