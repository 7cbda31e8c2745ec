//! Whether a worker responds.
//!
//! - The worker counts its turns and says when it sleeps; both cost it a store each.
//! - The library's watch looks at the count now and then. Where it stands still for too long
//!   while the worker does not sleep, the host hears `not_responding`, and `responding` with the
//!   worker's next turn: each once an episode, in this order.
//! - While the worker sleeps the watch rests, and the worker has it look again once it wakes: what
//!   is idle costs nothing.

use crate::alarms::{Alarm, millis};
use crate::declare::{NotResponding, Responding};
use crate::doorbell::Doorbell;

use crate::hub::Hub;
use crate::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use crate::sync::time::{Duration, Instant};
use crate::sync::{Arc, Mutex, MutexGuard, Weak, lock};
use crate::watch::{Watch, Watched};

/// What is known of one worker.
#[derive(Debug)]
pub(crate) struct Vitals {
    hub: Arc<Hub>,
    /// Weak: the bell holds what wakes the worker's runtime, and the runtime holds this.
    doorbell: Weak<Doorbell>,
    /// For how long a worker may stand still.
    limit: Duration,
    turns: AtomicU64,
    is_asleep: AtomicBool,
    /// Whether the watch rests until the worker wakes.
    is_unwatched: AtomicBool,
    watch: &'static Watch,
    /// Whether the host was told that it does not respond, and not yet that it does.
    is_stalled: AtomicBool,
    seen: Mutex<Seen>,
    /// When the watch looks next. Whoever sets or takes back an alarm holds this.
    next: Mutex<NextLook>,
}

/// When the watch looks at a worker.
#[derive(Debug)]
enum NextLook {
    NotYet,
    At(Alarm),
    /// Again once the worker wakes.
    AtWaking,
    /// The context has ended.
    NoMore,
}

/// What the watch saw when it looked last.
#[derive(Debug)]
struct Seen {
    turns: u64,
    /// Since when it has seen these.
    since: Instant,
    /// Whether it rang the worker's bell since.
    is_rung: bool,
}

impl Vitals {
    /// Those of a worker whose host is told through `hub`.
    pub(crate) fn new(hub: Arc<Hub>, doorbell: &Arc<Doorbell>, watch: &'static Watch, stall_ms: u64) -> Self {
        Self {
            hub,
            doorbell: Arc::downgrade(doorbell),
            limit: millis(stall_ms),
            turns: AtomicU64::new(0),
            is_asleep: AtomicBool::new(false),
            is_unwatched: AtomicBool::new(false),
            watch,
            is_stalled: AtomicBool::new(false),
            seen: Mutex::new(Seen { turns: 0, since: Instant::now(), is_rung: false }),
            next: Mutex::new(NextLook::NotYet),
        }
    }

    /// The worker turns. Nobody else may call this.
    #[inline]
    pub(crate) fn turn(&self) {
        // The swap, and the watch's, put the count and the flag in one order: either the watch
        // sees this turn, or this sees that it told the host.
        self.turns.swap(self.turns.load(Ordering::Relaxed).wrapping_add(1), Ordering::SeqCst);
        if self.is_stalled.load(Ordering::SeqCst) {
            self.recover();
        }
    }

    /// The worker goes to sleep, which is a turn too.
    pub(crate) fn sleep(&self) {
        self.is_asleep.store(true, Ordering::SeqCst);
        self.turn();
    }

    /// The worker woke, which is a turn too.
    pub(crate) fn wake(self: &Arc<Self>) {
        self.is_asleep.store(false, Ordering::SeqCst);
        self.turn();
        // Of this and the watch's resting one comes first: either it is seen here, or the watch
        // sees the worker awake.
        if self.is_unwatched.load(Ordering::SeqCst) {
            self.resume();
        }
    }

    /// Has the watch look at the worker now and then, if it does not yet.
    pub(crate) fn observe(self: &Arc<Self>) {
        let mut next = self.next();
        if matches!(*next, NextLook::NotYet) {
            *next = NextLook::At(self.watch.set(Instant::now(), Arc::clone(self) as _));
        }
    }

    /// Has the watch look again at the worker, which has woken, if it rested meanwhile.
    fn resume(self: &Arc<Self>) {
        let mut next = self.next();
        self.is_unwatched.store(false, Ordering::SeqCst);
        if matches!(*next, NextLook::AtWaking) {
            *next = self.look_later();
        }
    }

    /// Has the watch look at the worker no more.
    pub(crate) fn forget(&self) {
        if let NextLook::At(alarm) = std::mem::replace(&mut *self.next(), NextLook::NoMore) {
            self.watch.unset(alarm);
        }
    }

    /// Whether the watch may rest until the worker wakes; it says so.
    fn rest(&self) -> bool {
        self.is_unwatched.store(true, Ordering::SeqCst);
        let rests = self.is_asleep.load(Ordering::SeqCst);
        if !rests {
            self.is_unwatched.store(false, Ordering::SeqCst);
        }
        rests
    }

    fn look_later(self: &Arc<Self>) -> NextLook {
        let due = Instant::now() + (self.limit / 4).max(Duration::from_millis(1));
        NextLook::At(self.watch.set(due, Arc::clone(self) as _))
    }

    fn next(&self) -> MutexGuard<'_, NextLook> {
        lock(&self.next)
    }

    #[cold]
    fn recover(&self) {
        // The watch tells the host under this lock.
        let _seen = lock(&self.seen);
        if self.is_stalled.swap(false, Ordering::SeqCst) {
            self.hub.note::<Responding>(Responding {});
        }
    }

    /// The watch looks.
    fn look(&self) {
        let now = Instant::now();
        let mut seen = lock(&self.seen);
        let turns = self.turns.load(Ordering::SeqCst);
        if turns != seen.turns || self.is_asleep.load(Ordering::SeqCst) {
            *seen = Seen { turns, since: now, is_rung: false };
        } else if now - seen.since > self.limit {
            if !std::mem::replace(&mut seen.is_rung, true) {
                // Its loop may rest while other tasks keep its thread awake: let it turn, and look
                // again.
                if let Some(doorbell) = self.doorbell.upgrade() {
                    doorbell.ring();
                }
            } else if !self.is_stalled.swap(true, Ordering::SeqCst) {
                if self.turns.load(Ordering::SeqCst) == turns {
                    let stalled_ms = u64::try_from((now - seen.since).as_millis()).unwrap_or(u64::MAX);
                    self.hub.note::<NotResponding>(NotResponding { stalled_ms });
                } else {
                    self.is_stalled.store(false, Ordering::SeqCst);
                }
            }
        }
    }
}

impl Watched for Vitals {
    fn fire(self: Arc<Self>) {
        self.look();
        let mut next = self.next();
        if matches!(*next, NextLook::At(_)) {
            *next = if self.rest() { NextLook::AtWaking } else { self.look_later() };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Overflow;

    static WATCH: Watch = Watch::new("vitals");

    fn vitals() -> Arc<Vitals> {
        let hub = Hub::new("vitals", 16, Overflow::DropOldest, Arc::default());
        Arc::new(Vitals::new(Arc::new(hub), &Arc::default(), &WATCH, 1))
    }

    fn is_stalled_after_a_while(vitals: &Vitals) -> bool {
        vitals.look();
        std::thread::sleep(Duration::from_millis(5));
        // Once to ring, once to tell.
        vitals.look();
        vitals.look();
        vitals.is_stalled.load(Ordering::SeqCst)
    }

    #[test]
    fn a_worker_that_stands_still_awake_is_stalled_until_it_turns() {
        let vitals = vitals();
        vitals.turn();
        assert!(is_stalled_after_a_while(&vitals));
        vitals.turn();
        assert!(!vitals.is_stalled.load(Ordering::SeqCst));
    }

    #[test]
    fn the_watch_rests_while_a_worker_sleeps_and_no_longer() {
        let vitals = vitals();
        assert!(!vitals.rest() && !vitals.is_unwatched.load(Ordering::SeqCst));
        vitals.sleep();
        assert!(vitals.rest() && vitals.is_unwatched.load(Ordering::SeqCst));
        vitals.wake();
        assert!(is_stalled_after_a_while(&vitals));
    }

    #[test]
    fn a_worker_that_sleeps_is_not_stalled() {
        let vitals = vitals();
        vitals.sleep();
        assert!(!is_stalled_after_a_while(&vitals));
        vitals.wake();
        assert!(is_stalled_after_a_while(&vitals));
    }
}
