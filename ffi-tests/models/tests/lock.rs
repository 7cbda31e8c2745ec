//! The lock of the queue under C11's memory model: one thread at a time reaches what it guards and
//! sees what the one before did, and nobody who waits for it is left asleep.

#[path = "../../../ffi-runtime/src/sync/lock.rs"]
mod lock;

/// What the lock is made of, here.
mod sync {
    pub(crate) use loom::sync::{Mutex, MutexGuard, atomic};
    pub(crate) use std::sync::PoisonError;

    /// Loom's cell, without a default.
    #[derive(Debug)]
    pub(crate) struct UnsafeCell<T>(loom::cell::UnsafeCell<T>);

    impl<T> UnsafeCell<T> {
        pub(crate) fn new(value: T) -> Self {
            Self(loom::cell::UnsafeCell::new(value))
        }

        pub(crate) fn with<R>(&self, read: impl FnOnce(*const T) -> R) -> R {
            self.0.with(read)
        }

        pub(crate) fn with_mut<R>(&self, write: impl FnOnce(*mut T) -> R) -> R {
            self.0.with_mut(write)
        }
    }

    /// Loom's, with the wait that it has not.
    #[derive(Debug)]
    pub(crate) struct Condvar(loom::sync::Condvar);

    impl Condvar {
        pub(crate) fn new() -> Self {
            Self(loom::sync::Condvar::new())
        }

        pub(crate) fn notify_all(&self) {
            self.0.notify_all();
        }

        pub(crate) fn wait_while<'a, T>(
            &self,
            mut guard: MutexGuard<'a, T>,
            mut condition: impl FnMut(&mut T) -> bool,
        ) -> std::sync::LockResult<MutexGuard<'a, T>> {
            while condition(&mut guard) {
                guard = self.0.wait(guard)?;
            }
            Ok(guard)
        }
    }
}

use lock::Lock;
use loom::model::Builder;
use loom::sync::Arc;
use loom::thread;
use sync::UnsafeCell;

/// A number whose every access the model sees from its beginning to its end.
struct Number(UnsafeCell<u64>);

// SAFETY: reached under the lock alone, which is what the model is to show.
unsafe impl Send for Number {}

fn add_one(lock: &Lock<Number>) {
    let number = lock.hold();
    number.0.with_mut(|number| {
        // SAFETY: the lock is held.
        unsafe { *number += 1 };
    });
}

fn model(threads: u64, preemptions: usize) {
    let mut builder = Builder::new();
    builder.preemption_bound = Some(preemptions);
    builder.check(move || {
        let lock = Arc::new(Lock::new(Number(UnsafeCell::new(0))));
        let others: Vec<_> = (1..threads)
            .map(|_| {
                let lock = Arc::clone(&lock);
                thread::spawn(move || add_one(&lock))
            })
            .collect();
        add_one(&lock);
        for other in others {
            other.join().expect("no panic");
        }
        let number = lock.hold();
        // SAFETY: the lock is held.
        assert_eq!(number.0.with(|number| unsafe { *number }), threads);
    });
}

#[test]
fn two_threads_reach_the_value_one_after_the_other() {
    model(2, 5);
}

#[test]
fn three_threads_reach_the_value_and_none_sleeps_for_ever() {
    model(3, 2);
}
