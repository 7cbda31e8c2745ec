//! The checker's forms of what the runtime shares and waits with.
//!
//! - Threads, locks and atomics are shuttle's: every use of one is a place where the schedule
//!   may go over to another thread.
//! - Time is a number that a model advances. A wait with a limit ends when the time has come.
//! - They have what the runtime uses of the standard library's, and grow with it.

pub(crate) mod flume;
pub(crate) mod time;

pub(crate) use shuttle::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak, atomic};
pub(crate) use shuttle::thread_local;

use atomic::{AtomicBool, Ordering};

/// A cell that is set once.
#[derive(Debug)]
pub(crate) struct OnceLock<T> {
    value: std::sync::OnceLock<T>,
    /// Touched before the value, so that other threads may come first.
    turn: AtomicBool,
}

impl<T> OnceLock<T> {
    pub(crate) const fn new() -> Self {
        Self { value: std::sync::OnceLock::new(), turn: AtomicBool::new(false) }
    }

    pub(crate) fn get(&self) -> Option<&T> {
        self.turn.load(Ordering::SeqCst);
        self.value.get()
    }

    pub(crate) fn get_or_init(&self, make: impl FnOnce() -> T) -> &T {
        self.turn.load(Ordering::SeqCst);
        self.value.get_or_init(make)
    }
}

/// A condition variable whose waits can reach their limit. Shared, so that the clock can wake
/// them, and made when it is first used, so that a static may hold one.
#[derive(Debug, Default)]
pub(crate) struct Condvar(std::sync::OnceLock<Arc<shuttle::sync::Condvar>>);

/// A lock that may be poisoned, with whether the time ran out.
type Waited<'a, T> = Result<(MutexGuard<'a, T>, bool), PoisonError<(MutexGuard<'a, T>, bool)>>;

impl Condvar {
    pub(crate) const fn new() -> Self {
        Self(std::sync::OnceLock::new())
    }

    fn shared(&self) -> &Arc<shuttle::sync::Condvar> {
        self.0.get_or_init(Arc::default)
    }

    pub(crate) fn notify_all(&self) {
        self.shared().notify_all();
    }

    pub(crate) fn wait_while<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        condition: impl FnMut(&mut T) -> bool,
    ) -> Result<MutexGuard<'a, T>, PoisonError<MutexGuard<'a, T>>> {
        self.shared().wait_while(guard, condition)
    }

    pub(crate) fn wait_timeout<'a, T>(&self, guard: MutexGuard<'a, T>, limit: time::Duration) -> Waited<'a, T> {
        let limit = time::Limit::begin(limit, time::Sleeper::Condvar(Arc::clone(self.shared())));
        if limit.is_over() {
            return Ok((guard, true));
        }
        let guard = self.shared().wait(guard).unwrap_or_else(PoisonError::into_inner);
        Ok((guard, limit.is_over()))
    }

    pub(crate) fn wait_timeout_while<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        limit: time::Duration,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> Waited<'a, T> {
        let limit = time::Limit::begin(limit, time::Sleeper::Condvar(Arc::clone(self.shared())));
        let mut guard = guard;
        while condition(&mut guard) {
            if limit.is_over() {
                return Ok((guard, true));
            }
            guard = self.shared().wait(guard).unwrap_or_else(PoisonError::into_inner);
        }
        Ok((guard, false))
    }
}

/// Threads of the checker.
pub(crate) mod thread {
    use super::time::{Duration, Limit, Sleeper};
    pub(crate) use shuttle::thread::{JoinHandle, Thread, current, park, yield_now};
    use std::io;
    use std::sync::atomic::{AtomicUsize, Ordering};

    static RUNNING: AtomicUsize = AtomicUsize::new(0);

    /// How many of the runtime's threads have been started and have not ended.
    pub fn running() -> usize {
        RUNNING.load(Ordering::Relaxed)
    }

    /// Counts a thread from when it is started.
    struct Running;

    impl Running {
        fn begin() -> Self {
            RUNNING.fetch_add(1, Ordering::Relaxed);
            Self
        }
    }

    impl Drop for Running {
        fn drop(&mut self) {
            RUNNING.fetch_sub(1, Ordering::Relaxed);
        }
    }

    /// Starts threads that are counted.
    pub(crate) struct Builder(shuttle::thread::Builder);

    impl Builder {
        pub(crate) fn new() -> Self {
            Self(shuttle::thread::Builder::new())
        }

        pub(crate) fn name(self, name: String) -> Self {
            Self(self.0.name(name))
        }

        pub(crate) fn stack_size(self, size: usize) -> Self {
            Self(self.0.stack_size(size))
        }

        pub(crate) fn spawn(self, work: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
            let running = Running::begin();
            self.0.spawn(move || {
                let _running = running;
                work();
            })
        }
    }

    pub(crate) fn park_timeout(limit: Duration) {
        let limit = Limit::begin(limit, Sleeper::Thread(current()));
        if !limit.is_over() {
            park();
        }
    }
}
