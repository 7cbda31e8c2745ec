//! Values that whoever needs them first makes, and nobody waits for.
//!
//! - Two threads that need one at once both make it: the first that is done keeps its own, the other
//!   drops what it made. So a child of a fork never waits for a thread that stayed in the parent.
//! - What is made stays for ever. They stand in statics.

use crate::process::epoch;
use std::sync::atomic::{AtomicPtr, Ordering};

/// One such value.
#[derive(Debug)]
pub(crate) struct Made<T>(AtomicPtr<T>);

impl<T: Send + Sync> Made<T> {
    /// One that nobody has made yet.
    pub(crate) const fn new() -> Self {
        Self(AtomicPtr::new(std::ptr::null_mut()))
    }

    /// The value, made if need be.
    pub(crate) fn get(&self, make: impl FnOnce() -> T) -> &T {
        self.get_where(|_| true, make)
    }

    /// The value, made if there is none or it `is_good` no more.
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

/// A value that a forked child makes anew, because threads of the parent may be using its own: a
/// lock that one of them held would stay locked for ever.
#[derive(Debug)]
pub(crate) struct PerProcess<T>(Made<(u32, T)>);

impl<T: Send + Sync> PerProcess<T> {
    /// One that nobody has made yet.
    pub(crate) const fn new() -> Self {
        Self(Made::new())
    }

    /// This process's value, made if need be.
    pub(crate) fn get(&self, make: impl FnOnce() -> T) -> &T {
        let epoch = epoch();
        let (_, value) = self.0.get_where(|&(made_in, _)| made_in == epoch, || (epoch, make()));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::Made;
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    #[test]
    fn threads_that_make_a_value_at_once_all_get_the_one_that_is_kept() {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        for _ in 0..100 {
            let (value, start) = (Made::new(), Barrier::new(3));
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
        let value = Made::new();
        let inner = value.get(|| {
            // As another thread would while this one makes its own.
            *value.get(|| 1) + 1
        });
        assert_eq!(*inner, 1);
    }
}
