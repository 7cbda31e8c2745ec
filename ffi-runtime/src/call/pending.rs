//! A pending call that is tracked: others than its handler may answer it, because it has a deadline or its library
//! warns of calls that take long.
//!
//! ```text
//!          ┌────────── the host returned ──────────┐
//!          ▼                                       │
//!  ──▶ pending ── warning due ──▶ being warned ────┤
//!          │                           │ an error  │
//!          │                           ▼           │
//!          │                         owed ─────────┤
//!          │                                       ▼
//!          └── a result, an error, the deadline ──▶ answered
//! ```
//!
//! - *Answered* is entered once, under the lock, by the one who then calls the host; whoever
//!   comes later finds it so and is silent.
//! - No warning comes after the answer: a result waits until the host has returned from the
//!   warning; an error is left for the one who warns, so that nobody who cancels waits.
//! - Past its deadline a call is answered by the worker. Where the worker is blocked, the
//!   library's watchdog does it a little later.

#[cfg(test)]
mod tests;

use super::deadlines::{Deadlines, Expires};
use crate::abi::{RET_OK, RET_STALE_WARN};
use crate::callback::{Failed, HostCallback, UserData};
use crate::events::{Dispatcher, HeldBack};
use crate::failure::Failure;
use crate::sync::atomic::{AtomicBool, Ordering};
use crate::sync::time::{Duration, Instant};
use crate::sync::{Arc, Condvar, Mutex, MutexGuard, lock, unpoisoned};
use crate::threads::{AtExit, ContextScope, InFlight, Part, TeardownLatch};
use crate::timing::{Timer, Watchdog, Watched};
use crate::value::pod::RawBytes;

/// How long the worker has to answer what is due, at a deadline or at the end of the grace, before
/// another thread does it. Within this a worker that is not blocked has done so.
pub(crate) const HEAD_START: Duration = Duration::from_millis(100);

/// What the calls of one context need that are tracked.
#[derive(Debug)]
pub(crate) struct Tracker {
    pub(crate) latch: Arc<TeardownLatch>,
    pub(crate) dispatcher: Arc<Dispatcher>,
    pub(crate) deadlines: Deadlines<Pending>,
    pub(crate) watchdog: &'static Watchdog,
    /// How often the host is told that a call is still pending.
    pub(crate) warn_every: Option<Duration>,
}

/// One such call.
#[derive(Debug)]
pub(crate) struct Pending {
    target: HostCallback,
    tracker: Arc<Tracker>,
    since: Instant,
    deadline: Option<Instant>,
    stage: Mutex<Stage>,
    was_warned: Condvar,
    is_being_warned: AtomicBool,
    /// Whether the result waits for a host that polls.
    is_settled: AtomicBool,
}

#[derive(Debug)]
struct Stage {
    phase: CallPhase,
    /// Fires a warning, or the deadline where the worker is blocked.
    watchdog_timer: Option<Timer>,
    /// Fires the deadline.
    deadline_timer: Option<Timer>,
    /// Whether a warning waits for a host that polls.
    is_warning_kept: bool,
    /// Whether the host called `exit` within a warning, and is given no other.
    is_spared: bool,
}

#[derive(Debug)]
enum CallPhase {
    Pending,
    BeingWarned,
    /// The error that is to follow the warning.
    Owed(Failed),
    Answered,
}

impl Pending {
    /// Begins to track a call. Nothing of the context may end it until this returns.
    pub(crate) fn begin(target: HostCallback, tracker: Arc<Tracker>, deadline: Option<Duration>) -> Arc<Self> {
        let since = Instant::now();
        let pending = Arc::new(Self {
            target,
            tracker,
            since,
            deadline: deadline.map(|deadline| since + deadline),
            stage: Mutex::new(Stage {
                phase: CallPhase::Pending,
                watchdog_timer: None,
                deadline_timer: None,
                is_warning_kept: false,
                is_spared: false,
            }),
            was_warned: Condvar::new(),
            is_being_warned: AtomicBool::new(false),
            is_settled: AtomicBool::new(false),
        });
        let mut stage = pending.stage();
        stage.deadline_timer =
            pending.deadline.map(|deadline| pending.tracker.deadlines.set(deadline, Arc::clone(&pending)));
        pending.set_watchdog_timer(&mut stage);
        drop(stage);
        pending
    }

    /// What the host's callback is given besides the answer.
    pub(crate) fn user_data(&self) -> UserData {
        self.target.user_data()
    }

    /// Whether the call is answered, or its deadline has passed, so that there is no use in
    /// serving it.
    pub(crate) fn is_over(&self) -> bool {
        self.is_overdue() || !matches!(self.stage().phase, CallPhase::Pending | CallPhase::BeingWarned)
    }

    /// Answers with a result, which must be readable until this returns.
    pub(crate) fn succeed(&self, result: RawBytes) {
        if self.is_overdue() {
            self.fail(Failure::deadline_exceeded().into());
            return;
        }
        let being_warned = |stage: &mut Stage| matches!(stage.phase, CallPhase::BeingWarned);
        let waited = self.was_warned.wait_while(self.stage(), being_warned);
        let mut stage = unpoisoned(waited);
        if matches!(stage.phase, CallPhase::Pending) {
            let _in_flight = self.close(&mut stage);
            drop(stage);
            // SAFETY: the stage was closed by this thread, so this is the one answer.
            unsafe { self.target.fire(RET_OK, result) };
        }
    }

    /// Answers with an error, or leaves that to whoever is warning the host. Whether the host is told
    /// this one.
    pub(crate) fn fail(&self, failed: Failed) -> bool {
        let is_overdue = self.is_overdue();
        let failed = if is_overdue { Failure::deadline_exceeded().into() } else { failed };
        let mut stage = self.stage();
        match stage.phase {
            CallPhase::Pending => {
                let _in_flight = self.close(&mut stage);
                drop(stage);
                let target = self.target;
                // SAFETY: the stage was closed by this thread, so this is the one answer.
                let tell = move || unsafe { target.fail(failed) };
                if !self.tracker.dispatcher.is_polled() {
                    tell();
                } else if let Err(tell) = self.tracker.dispatcher.post(None, Box::new(tell)) {
                    tell();
                }
            }
            CallPhase::BeingWarned => stage.phase = CallPhase::Owed(failed),
            CallPhase::Owed(_) | CallPhase::Answered => return false,
        }
        !is_overdue
    }

    /// Leaves a warning for a host that polls, unless one waits for it already.
    fn warn_when_polled(self: &Arc<Self>) {
        let mut stage = self.stage();
        if !matches!(stage.phase, CallPhase::Pending) || self.is_settled() {
            return;
        }
        self.set_watchdog_timer(&mut stage);
        if !std::mem::replace(&mut stage.is_warning_kept, true) {
            drop(stage);
            let pending = Arc::clone(self);
            if let Err(warn) = self.tracker.dispatcher.post(None, Box::new(move || pending.warn())) {
                warn();
            }
        }
    }

    /// Tells the host that the call is still pending.
    fn warn(self: &Arc<Self>) {
        let mut stage = self.stage();
        if !matches!(stage.phase, CallPhase::Pending) || self.is_settled() {
            return;
        }
        // The call is not answered, so the context has not ended.
        let _in_flight = self.tracker.latch.begin_callback();
        stage.phase = CallPhase::BeingWarned;
        stage.is_warning_kept = false;
        self.is_being_warned.store(true, Ordering::SeqCst);
        drop(stage);
        let elapsed = format!("{}\0", self.since.elapsed().as_millis());
        let warning = Warning(Arc::clone(self));
        // SAFETY: it is dropped before the warning.
        let scope = unsafe { ContextScope::enter(self.tracker.latch.context_id(), &warning, Part::Other) };
        // SAFETY: a warning comes before the answer, which waits for it.
        unsafe { self.target.fire(RET_STALE_WARN, RawBytes { ptr: elapsed.as_ptr(), len: elapsed.len() - 1 }) };
        drop(scope);
        self.warned(self.stage());
    }

    /// The host has returned from a warning, or is never to.
    fn warned(self: &Arc<Self>, mut stage: MutexGuard<'_, Stage>) {
        self.is_being_warned.store(false, Ordering::SeqCst);
        match std::mem::replace(&mut stage.phase, CallPhase::Pending) {
            CallPhase::Owed(failed) => {
                let _in_flight = self.close(&mut stage);
                drop(stage);
                // SAFETY: the stage was closed by this thread, so this is the one answer.
                unsafe { self.target.fail(failed) };
            }
            _ => {
                if stage.watchdog_timer.is_none() && !self.is_settled() {
                    self.set_watchdog_timer(&mut stage);
                }
                drop(stage);
            }
        }
        self.was_warned.notify_all();
        self.tracker.dispatcher.note_warned();
    }

    /// The result is there and waits for a host that polls: from now on neither the deadline
    /// nor a warning has a say, unless the deadline has passed.
    pub(crate) fn settle(&self) {
        let mut stage = self.stage();
        if !self.is_overdue() {
            self.is_settled.store(true, Ordering::SeqCst);
            self.unset(&mut stage);
        }
    }

    fn is_settled(&self) -> bool {
        self.is_settled.load(Ordering::SeqCst)
    }

    /// Sets the watchdog's next timer.
    fn set_watchdog_timer(self: &Arc<Self>, stage: &mut Stage) {
        let warning = self.tracker.warn_every.filter(|_| !stage.is_spared).map(|every| Instant::now() + every);
        let expiry = self.deadline.map(|deadline| deadline + HEAD_START);
        let due = warning.into_iter().chain(expiry).min();
        stage.watchdog_timer = due.map(|due| self.tracker.watchdog.set(due, Arc::clone(self) as _));
    }

    /// Takes the right to answer. The end of the context waits for the callback.
    fn close(&self, stage: &mut Stage) -> InFlight {
        stage.phase = CallPhase::Answered;
        self.unset(stage);
        self.tracker.latch.begin_callback()
    }

    /// Takes the timers back.
    fn unset(&self, stage: &mut Stage) {
        if let Some(timer) = stage.watchdog_timer.take() {
            self.tracker.watchdog.unset(timer);
        }
        if let Some(timer) = stage.deadline_timer.take() {
            self.tracker.deadlines.unset(timer);
        }
    }

    fn is_overdue(&self) -> bool {
        !self.is_settled() && self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }

    fn stage(&self) -> MutexGuard<'_, Stage> {
        lock(&self.stage)
    }
}

impl Expires for Pending {
    /// Answers because the deadline has passed.
    fn expire(&self) {
        if self.is_settled() {
            return;
        }
        // Noted first: whoever looks for calls that are over then finds this one, since its
        // deadline has passed, answered or not.
        self.tracker.deadlines.note_passed();
        self.fail(Failure::deadline_exceeded().into());
    }
}

impl HeldBack for Pending {
    /// While the host is inside a warning of the call.
    fn is_held_back(&self) -> bool {
        self.is_being_warned.load(Ordering::SeqCst)
    }
}

impl Watched for Pending {
    /// The deadline passed and the worker has not answered, or a warning is due.
    fn fire(self: Arc<Self>) {
        if self.deadline.is_some_and(|deadline| Instant::now() >= deadline + HEAD_START) {
            self.expire();
        } else if self.tracker.dispatcher.is_polled() {
            self.warn_when_polled();
        } else {
            self.stage().watchdog_timer = None;
            self.warn();
        }
    }
}

/// A warning that the host is inside of.
struct Warning(Arc<Pending>);

impl AtExit for Warning {
    fn exits(&self, _part: Part) {
        let Self(pending) = self;
        let mut stage = pending.stage();
        stage.is_spared = true;
        pending.warned(stage);
    }
}
