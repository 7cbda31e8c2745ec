//! The heartbeat of a worker: whether it responds.
//!
//! - The worker counts its beats and says when it sleeps; both cost it a store each.
//! - The library's watchdog checks the count now and then. Where it stands still for too long
//!   while the worker does not sleep, the host hears `not_responding`, and `responding` with the
//!   worker's next beat: each once an episode, in this order.
//! - While the worker sleeps the checks are suspended, and it resumes them once it wakes: what is idle costs
//!   nothing.

use super::doorbell::Doorbell;
use crate::declare::{NotResponding, Responding};
use crate::events::Dispatcher;
use crate::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use crate::sync::time::{Duration, Instant};
use crate::sync::{Arc, Mutex, MutexGuard, Weak, lock};
use crate::timing::{Timer, Watchdog, Watched, millis};

/// What is known of one worker.
#[derive(Debug)]
pub(crate) struct Heartbeat {
    dispatcher: Arc<Dispatcher>,
    /// Weak: the bell holds what wakes the worker's runtime, and the runtime holds this.
    doorbell: Weak<Doorbell>,
    /// For how long a worker may stand still.
    limit: Duration,
    beats: AtomicU64,
    is_asleep: AtomicBool,
    /// Whether nothing is checked until the worker wakes.
    is_suspended: AtomicBool,
    watchdog: &'static Watchdog,
    /// Whether the host was told that it does not respond, and not yet that it does.
    is_stalled: AtomicBool,
    seen: Mutex<LastCheck>,
    /// When the watchdog checks next. Whoever sets or takes back the timer holds this.
    next: Mutex<NextCheck>,
}

/// When the watchdog checks a worker.
#[derive(Debug)]
enum NextCheck {
    NotYet,
    At(Timer),
    /// Again once the worker wakes.
    AtWaking,
    /// The context has ended.
    NoMore,
}

/// What the watchdog saw when it checked last.
#[derive(Debug)]
struct LastCheck {
    beats: u64,
    /// Since when it has seen these.
    since: Instant,
    /// Whether it rang the worker's bell since.
    is_rung: bool,
}

impl Heartbeat {
    /// That of a worker whose host is told through `dispatcher`.
    pub(crate) fn new(
        dispatcher: Arc<Dispatcher>,
        doorbell: &Arc<Doorbell>,
        watchdog: &'static Watchdog,
        stall_ms: u64,
    ) -> Self {
        Self {
            dispatcher,
            doorbell: Arc::downgrade(doorbell),
            limit: millis(stall_ms),
            beats: AtomicU64::new(0),
            is_asleep: AtomicBool::new(false),
            is_suspended: AtomicBool::new(false),
            watchdog,
            is_stalled: AtomicBool::new(false),
            seen: Mutex::new(LastCheck { beats: 0, since: Instant::now(), is_rung: false }),
            next: Mutex::new(NextCheck::NotYet),
        }
    }

    /// The worker beats. Nobody else may call this.
    #[inline]
    pub(crate) fn beat(&self) {
        // The swap, and the watchdog's, put the count and the flag in one order: either the watchdog
        // sees this beat, or this sees that it told the host.
        self.beats.swap(self.beats.load(Ordering::Relaxed).wrapping_add(1), Ordering::SeqCst);
        if self.is_stalled.load(Ordering::SeqCst) {
            self.recover();
        }
    }

    /// The worker goes to sleep, which is a beat too.
    pub(crate) fn sleep(&self) {
        self.is_asleep.store(true, Ordering::SeqCst);
        self.beat();
    }

    /// The worker woke, which is a beat too.
    pub(crate) fn wake(self: &Arc<Self>) {
        self.is_asleep.store(false, Ordering::SeqCst);
        self.beat();
        // Of this and the suspending one comes first: either it is seen here, or the watchdog
        // sees the worker awake.
        if self.is_suspended.load(Ordering::SeqCst) {
            self.resume();
        }
    }

    /// Has the watchdog check the worker now and then, if it does not yet.
    pub(crate) fn observe(self: &Arc<Self>) {
        let mut next = self.next_check();
        if matches!(*next, NextCheck::NotYet) {
            *next = NextCheck::At(self.watchdog.set(Instant::now(), Arc::clone(self) as _));
        }
    }

    /// Has the watchdog check the worker again, which has woken, if that was suspended meanwhile.
    fn resume(self: &Arc<Self>) {
        let mut next = self.next_check();
        self.is_suspended.store(false, Ordering::SeqCst);
        if matches!(*next, NextCheck::AtWaking) {
            *next = self.check_later();
        }
    }

    /// Has the watchdog check the worker no more.
    pub(crate) fn forget(&self) {
        if let NextCheck::At(timer) = std::mem::replace(&mut *self.next_check(), NextCheck::NoMore) {
            self.watchdog.unset(timer);
        }
    }

    /// Suspends the checks until the worker wakes; whether it sleeps.
    fn suspend(&self) -> bool {
        self.is_suspended.store(true, Ordering::SeqCst);
        let is_suspended = self.is_asleep.load(Ordering::SeqCst);
        if !is_suspended {
            self.is_suspended.store(false, Ordering::SeqCst);
        }
        is_suspended
    }

    fn check_later(self: &Arc<Self>) -> NextCheck {
        let due = Instant::now() + (self.limit / 4).max(Duration::from_millis(1));
        NextCheck::At(self.watchdog.set(due, Arc::clone(self) as _))
    }

    fn next_check(&self) -> MutexGuard<'_, NextCheck> {
        lock(&self.next)
    }

    #[cold]
    fn recover(&self) {
        // The watchdog tells the host under this lock.
        let _seen = lock(&self.seen);
        if self.is_stalled.swap(false, Ordering::SeqCst) {
            self.dispatcher.note::<Responding>(Responding {});
        }
    }

    /// Compares the count with that of the last check.
    fn check(&self) {
        let now = Instant::now();
        let mut seen = lock(&self.seen);
        let beats = self.beats.load(Ordering::SeqCst);
        if beats != seen.beats || self.is_asleep.load(Ordering::SeqCst) {
            *seen = LastCheck { beats, since: now, is_rung: false };
        } else if now - seen.since > self.limit {
            if !std::mem::replace(&mut seen.is_rung, true) {
                // Its loop may sleep while other tasks keep its thread awake: let it turn, and check
                // again.
                if let Some(doorbell) = self.doorbell.upgrade() {
                    doorbell.ring();
                }
            } else if !self.is_stalled.swap(true, Ordering::SeqCst) {
                if self.beats.load(Ordering::SeqCst) == beats {
                    let stalled_ms = u64::try_from((now - seen.since).as_millis()).unwrap_or(u64::MAX);
                    self.dispatcher.note::<NotResponding>(NotResponding { stalled_ms });
                } else {
                    self.is_stalled.store(false, Ordering::SeqCst);
                }
            }
        }
    }
}

impl Watched for Heartbeat {
    fn fire(self: Arc<Self>) {
        self.check();
        let mut next = self.next_check();
        if matches!(*next, NextCheck::At(_)) {
            *next = if self.suspend() { NextCheck::AtWaking } else { self.check_later() };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Options;

    static WATCH: Watchdog = Watchdog::new("heartbeat");

    fn heartbeat() -> Arc<Heartbeat> {
        let dispatcher = Dispatcher::new("heartbeat", Options { event_limit: 16, ..Options::DEFAULT }, Arc::default());
        Arc::new(Heartbeat::new(Arc::new(dispatcher), &Arc::default(), &WATCH, 1))
    }

    fn is_stalled_after_a_while(heartbeat: &Heartbeat) -> bool {
        heartbeat.check();
        std::thread::sleep(Duration::from_millis(5));
        // Once to ring, once to tell.
        heartbeat.check();
        heartbeat.check();
        heartbeat.is_stalled.load(Ordering::SeqCst)
    }

    #[test]
    fn a_worker_that_stands_still_awake_is_stalled_until_it_turns() {
        let heartbeat = heartbeat();
        heartbeat.beat();
        assert!(is_stalled_after_a_while(&heartbeat));
        heartbeat.beat();
        assert!(!heartbeat.is_stalled.load(Ordering::SeqCst));
    }

    #[test]
    fn checks_are_suspended_while_a_worker_sleeps_and_no_longer() {
        let heartbeat = heartbeat();
        assert!(!heartbeat.suspend() && !heartbeat.is_suspended.load(Ordering::SeqCst));
        heartbeat.sleep();
        assert!(heartbeat.suspend() && heartbeat.is_suspended.load(Ordering::SeqCst));
        heartbeat.wake();
        assert!(is_stalled_after_a_while(&heartbeat));
    }

    #[test]
    fn a_worker_that_sleeps_is_not_stalled() {
        let heartbeat = heartbeat();
        heartbeat.sleep();
        assert!(!is_stalled_after_a_while(&heartbeat));
        heartbeat.wake();
        assert!(is_stalled_after_a_while(&heartbeat));
    }
}
