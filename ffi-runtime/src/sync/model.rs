//! The checker's forms of what the runtime shares and waits with.
//!
//! - Threads, locks and atomics are shuttle's: every use of one is a place where the schedule
//!   may go over to another thread.
//! - Time is a number that a model advances. A wait with a limit ends when the time has come.

pub(crate) use shuttle::sync::{Arc, Mutex, MutexGuard, PoisonError, atomic};
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

/// A condition variable whose waits can reach their limit.
#[derive(Debug, Default)]
pub(crate) struct Condvar(Arc<shuttle::sync::Condvar>);

/// A lock that may be poisoned, with whether the time ran out.
type Waited<'a, T> = Result<(MutexGuard<'a, T>, bool), PoisonError<(MutexGuard<'a, T>, bool)>>;

impl Condvar {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn notify_all(&self) {
        self.0.notify_all();
    }

    pub(crate) fn wait_while<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        condition: impl FnMut(&mut T) -> bool,
    ) -> Result<MutexGuard<'a, T>, PoisonError<MutexGuard<'a, T>>> {
        self.0.wait_while(guard, condition)
    }

    pub(crate) fn wait_timeout_while<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        limit: time::Duration,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> Waited<'a, T> {
        let limit = time::Limit::begin(limit, time::Sleeper::Condvar(Arc::clone(&self.0)));
        let mut guard = guard;
        while condition(&mut guard) {
            if limit.is_over() {
                return Ok((guard, true));
            }
            guard = self.0.wait(guard).unwrap_or_else(PoisonError::into_inner);
        }
        Ok((guard, false))
    }
}

/// Threads of the checker.
pub(crate) mod thread {
    use super::time::{Duration, Limit, Sleeper};
    pub(crate) use shuttle::thread::{Builder, JoinHandle, Thread, current, park, yield_now};

    pub(crate) fn park_timeout(limit: Duration) {
        let limit = Limit::begin(limit, Sleeper::Thread(current()));
        if !limit.is_over() {
            park();
        }
    }
}

/// Time, which passes when a model says so.
pub(crate) mod time {
    use super::{Arc, thread};
    use std::ops::Add;
    use std::sync::{Mutex, MutexGuard, PoisonError};
    pub(crate) use std::time::Duration;

    static CLOCK: Mutex<Clock> = Mutex::new(Clock { now: Instant(Duration::ZERO), waits: Vec::new() });

    struct Clock {
        now: Instant,
        /// The waits with a limit that are under way.
        waits: Vec<Arc<Wait>>,
    }

    struct Wait {
        end: Instant,
        sleeper: Sleeper,
    }

    /// What wakes a wait.
    pub(super) enum Sleeper {
        Thread(thread::Thread),
        Condvar(Arc<shuttle::sync::Condvar>),
    }

    impl Sleeper {
        fn wake(&self) {
            match self {
                Self::Thread(thread) => thread.unpark(),
                Self::Condvar(condvar) => condvar.notify_all(),
            }
        }
    }

    /// Held for no scheduling point, so that no other thread finds it held.
    fn clock() -> MutexGuard<'static, Clock> {
        CLOCK.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets time pass. Returns when every wait whose time has come has ended.
    pub fn advance(by: Duration) {
        let mut clock = clock();
        clock.now = clock.now + by;
        let now = clock.now;
        drop(clock);
        while let Some(due) = due_at(now) {
            // More than once if need be: a thread may be about to sleep and miss it.
            due.sleeper.wake();
            thread::yield_now();
        }
    }

    /// How long it is until the first of the waits under way reaches its limit.
    pub fn next_limit() -> Option<Duration> {
        let clock = clock();
        let first = clock.waits.iter().map(|wait| wait.end).min()?;
        Some(first.saturating_duration_since(clock.now))
    }

    fn due_at(now: Instant) -> Option<Arc<Wait>> {
        clock().waits.iter().find(|wait| wait.end <= now).cloned()
    }

    /// While it lives, a wait ends at the latest when its time has come.
    pub(super) struct Limit(Arc<Wait>);

    impl Limit {
        pub(super) fn begin(after: Duration, sleeper: Sleeper) -> Self {
            let mut clock = clock();
            let wait = Arc::new(Wait { end: clock.now + after, sleeper });
            clock.waits.push(Arc::clone(&wait));
            Self(wait)
        }

        pub(super) fn is_over(&self) -> bool {
            clock().now >= self.0.end
        }
    }

    impl Drop for Limit {
        fn drop(&mut self) {
            clock().waits.retain(|wait| !Arc::ptr_eq(wait, &self.0));
        }
    }

    /// A moment of the model.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub(crate) struct Instant(Duration);

    impl Instant {
        pub(crate) fn now() -> Self {
            clock().now
        }

        pub(crate) fn saturating_duration_since(self, earlier: Self) -> Duration {
            self.0.saturating_sub(earlier.0)
        }
    }

    impl Add<Duration> for Instant {
        type Output = Self;

        fn add(self, later: Duration) -> Self {
            Self(self.0 + later)
        }
    }
}

/// As much of flume as the queue uses.
pub(crate) mod flume {
    use super::{Arc, Mutex};
    use std::collections::VecDeque;

    #[derive(Debug)]
    pub(crate) struct Sender<T>(Arc<Mutex<VecDeque<T>>>);

    #[derive(Debug)]
    pub(crate) struct Receiver<T>(Arc<Mutex<VecDeque<T>>>);

    #[derive(Debug)]
    pub(crate) struct SendError<T>(pub(crate) T);

    pub(crate) fn unbounded<T>() -> (Sender<T>, Receiver<T>) {
        let channel = Arc::new(Mutex::new(VecDeque::new()));
        (Sender(Arc::clone(&channel)), Receiver(channel))
    }

    impl<T> Sender<T> {
        /// Never fails: the queue holds both ends.
        pub(crate) fn send(&self, item: T) -> Result<(), SendError<T>> {
            match self.0.lock() {
                Ok(mut channel) => channel.push_back(item),
                Err(_) => return Err(SendError(item)),
            }
            Ok(())
        }
    }

    impl<T> Receiver<T> {
        pub(crate) fn drain(&self) -> VecDeque<T> {
            self.0.lock().map(|mut channel| std::mem::take(&mut *channel)).unwrap_or_default()
        }
    }
}
