//! A call that more than its handler may answer, because it has a deadline or its library warns
//! of calls that take long.
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
//!   library's watch does it a little later.

#[cfg(test)]
mod tests;

use crate::abi::{RET_ERR, RET_OK, RET_STALE_WARN};
use crate::alarms::{Alarm, Alarms};
use crate::attendance::{Attendance, Guest};
use crate::callback::{HostCallback, UserData};
use crate::frames::{AtExit, Frame, Part};
use crate::hub::{HeldBack, Hub};
use crate::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use crate::sync::time::{Duration, Instant};
use crate::sync::{Arc, Condvar, Mutex, MutexGuard, lock, unpoisoned};
use crate::value::pod::RawBytes;
use crate::watch::{Watch, Watched};

/// What a call gets whose deadline passed.
pub(crate) const DEADLINE_EXCEEDED: &str = "deadline exceeded";

/// How long the worker has to answer what is due, at a deadline or at the end of the grace, before
/// another thread does it. Within this a worker that is not blocked has done so.
pub(crate) const HEAD_START: Duration = Duration::from_millis(100);

/// The calls of one context that have a deadline and are not answered.
#[derive(Debug)]
pub(crate) struct Deadlines {
    alarms: Mutex<Alarms<Arc<Pending>>>,
    /// How many there are.
    count: AtomicUsize,
    /// Whether one passed whose request or handler the worker has not looked for since.
    has_passed: AtomicBool,
}

impl Deadlines {
    pub(crate) fn new() -> Self {
        Self { alarms: Mutex::new(Alarms::new()), count: AtomicUsize::new(0), has_passed: AtomicBool::new(false) }
    }

    /// When the first ends.
    #[inline]
    pub(crate) fn first(&self) -> Option<Instant> {
        if self.count.load(Ordering::Acquire) == 0 { None } else { self.alarms().first() }
    }

    /// Answers the calls whose deadline has passed. Whether any was answered for that, here or
    /// by the watch, since this was last asked.
    #[inline]
    pub(crate) fn expire(&self) -> bool {
        // Asked before every request: most contexts never have a deadline.
        let is_quiet = self.count.load(Ordering::Acquire) == 0 && !self.has_passed.load(Ordering::Relaxed);
        !is_quiet && self.expire_those_due()
    }

    fn expire_those_due(&self) -> bool {
        if self.first().is_some_and(|first| first <= Instant::now()) {
            while let Some(pending) = self.take_due() {
                pending.expire();
            }
        }
        self.has_passed.load(Ordering::Relaxed) && self.has_passed.swap(false, Ordering::AcqRel)
    }

    fn take_due(&self) -> Option<Arc<Pending>> {
        let due = self.alarms().take_due(Instant::now())?;
        self.count.fetch_sub(1, Ordering::AcqRel);
        Some(due)
    }

    fn set(&self, deadline: Instant, pending: Arc<Pending>) -> Alarm {
        self.count.fetch_add(1, Ordering::AcqRel);
        self.alarms().set(deadline, pending)
    }

    fn unset(&self, alarm: Alarm) {
        if self.alarms().unset(alarm) {
            self.count.fetch_sub(1, Ordering::AcqRel);
        }
    }

    fn alarms(&self) -> MutexGuard<'_, Alarms<Arc<Pending>>> {
        lock(&self.alarms)
    }
}

/// What the calls of one context need that are tracked.
#[derive(Debug)]
pub(crate) struct Tracker {
    pub(crate) attendance: Arc<Attendance>,
    pub(crate) hub: Arc<Hub>,
    pub(crate) deadlines: Deadlines,
    pub(crate) watch: &'static Watch,
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
    /// Whether the result waits for a host that fetches.
    is_settled: AtomicBool,
}

#[derive(Debug)]
struct Stage {
    phase: Phase,
    /// The watch's alarm.
    watched: Option<Alarm>,
    /// The worker's alarm.
    timed: Option<Alarm>,
    /// Whether a warning waits for a host that fetches.
    is_warning_kept: bool,
    /// Whether the host called `exit` within a warning, and is given no other.
    is_spared: bool,
}

#[derive(Debug)]
enum Phase {
    Pending,
    BeingWarned,
    /// The error that is to follow the warning.
    Owed(String),
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
                phase: Phase::Pending,
                watched: None,
                timed: None,
                is_warning_kept: false,
                is_spared: false,
            }),
            was_warned: Condvar::new(),
            is_being_warned: AtomicBool::new(false),
            is_settled: AtomicBool::new(false),
        });
        let mut stage = pending.stage();
        stage.timed = pending.deadline.map(|deadline| pending.tracker.deadlines.set(deadline, Arc::clone(&pending)));
        pending.watch(&mut stage);
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
        self.is_overdue() || !matches!(self.stage().phase, Phase::Pending | Phase::BeingWarned)
    }

    /// Answers with a result, which must be readable until this returns.
    pub(crate) fn succeed(&self, result: RawBytes) {
        if self.is_overdue() {
            self.fail(DEADLINE_EXCEEDED.to_owned());
            return;
        }
        let being_warned = |stage: &mut Stage| matches!(stage.phase, Phase::BeingWarned);
        let waited = self.was_warned.wait_while(self.stage(), being_warned);
        let mut stage = unpoisoned(waited);
        if matches!(stage.phase, Phase::Pending) {
            let _guest = self.close(&mut stage);
            drop(stage);
            // SAFETY: the stage was closed by this thread, so this is the one answer.
            unsafe { self.target.fire(RET_OK, result) };
        }
    }

    /// Answers with an error, or leaves that to whoever is warning the host. Whether the host is told
    /// this one.
    pub(crate) fn fail(&self, text: String) -> bool {
        let is_overdue = self.is_overdue();
        let text = if is_overdue { DEADLINE_EXCEEDED.to_owned() } else { text };
        let mut stage = self.stage();
        match stage.phase {
            Phase::Pending => {
                let _guest = self.close(&mut stage);
                drop(stage);
                let target = self.target;
                // SAFETY: the stage was closed by this thread, so this is the one answer.
                let tell = move || unsafe { target.tell(RET_ERR, text) };
                if !self.tracker.hub.is_fetched() {
                    tell();
                } else if let Err(tell) = self.tracker.hub.post(None, Box::new(tell)) {
                    tell();
                }
            }
            Phase::BeingWarned => stage.phase = Phase::Owed(text),
            Phase::Owed(_) | Phase::Answered => return false,
        }
        !is_overdue
    }

    /// Answers because the deadline has passed.
    fn expire(&self) {
        if self.is_settled() {
            return;
        }
        // Noted first: whoever looks for calls that are over then finds this one, since its
        // deadline has passed, answered or not.
        self.tracker.deadlines.has_passed.store(true, Ordering::Release);
        self.fail(DEADLINE_EXCEEDED.to_owned());
    }

    /// Leaves a warning for a host that fetches, unless one waits for it already.
    fn warn_when_fetched(self: &Arc<Self>) {
        let mut stage = self.stage();
        if !matches!(stage.phase, Phase::Pending) || self.is_settled() {
            return;
        }
        self.watch(&mut stage);
        if !std::mem::replace(&mut stage.is_warning_kept, true) {
            drop(stage);
            let pending = Arc::clone(self);
            if let Err(warn) = self.tracker.hub.post(None, Box::new(move || pending.warn())) {
                warn();
            }
        }
    }

    /// Tells the host that the call is still pending.
    fn warn(self: &Arc<Self>) {
        let mut stage = self.stage();
        if !matches!(stage.phase, Phase::Pending) || self.is_settled() {
            return;
        }
        // The call is not answered, so the context has not ended.
        let _guest = self.tracker.attendance.enter();
        stage.phase = Phase::BeingWarned;
        stage.is_warning_kept = false;
        self.is_being_warned.store(true, Ordering::SeqCst);
        drop(stage);
        let elapsed = self.since.elapsed().as_millis().to_string();
        let warning = Warning(Arc::clone(self));
        // SAFETY: it is dropped before the warning.
        let frame = unsafe { Frame::enter(self.tracker.attendance.inside(), &warning, Part::Other) };
        // SAFETY: a warning comes before the answer, which waits for it.
        unsafe { self.target.tell(RET_STALE_WARN, elapsed) };
        drop(frame);
        self.warned(self.stage());
    }

    /// The host has returned from a warning, or is never to.
    fn warned(self: &Arc<Self>, mut stage: MutexGuard<'_, Stage>) {
        self.is_being_warned.store(false, Ordering::SeqCst);
        match std::mem::replace(&mut stage.phase, Phase::Pending) {
            Phase::Owed(text) => {
                let _guest = self.close(&mut stage);
                drop(stage);
                // SAFETY: the stage was closed by this thread, so this is the one answer.
                unsafe { self.target.tell(RET_ERR, text) };
            }
            _ => {
                if stage.watched.is_none() && !self.is_settled() {
                    self.watch(&mut stage);
                }
                drop(stage);
            }
        }
        self.was_warned.notify_all();
        self.tracker.hub.note_warned();
    }

    /// The result is there and waits for a host that fetches: from now on neither the deadline
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

    /// Sets the watch's next alarm.
    fn watch(self: &Arc<Self>, stage: &mut Stage) {
        let warning = self.tracker.warn_every.filter(|_| !stage.is_spared).map(|every| Instant::now() + every);
        let expiry = self.deadline.map(|deadline| deadline + HEAD_START);
        let due = warning.into_iter().chain(expiry).min();
        stage.watched = due.map(|due| self.tracker.watch.set(due, Arc::clone(self) as _));
    }

    /// Takes the right to answer. The end of the context waits for the guest.
    fn close(&self, stage: &mut Stage) -> Guest {
        stage.phase = Phase::Answered;
        self.unset(stage);
        self.tracker.attendance.enter()
    }

    /// Takes the alarms back.
    fn unset(&self, stage: &mut Stage) {
        if let Some(alarm) = stage.watched.take() {
            self.tracker.watch.unset(alarm);
        }
        if let Some(alarm) = stage.timed.take() {
            self.tracker.deadlines.unset(alarm);
        }
    }

    fn is_overdue(&self) -> bool {
        !self.is_settled() && self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }

    fn stage(&self) -> MutexGuard<'_, Stage> {
        lock(&self.stage)
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
        } else if self.tracker.hub.is_fetched() {
            self.warn_when_fetched();
        } else {
            self.stage().watched = None;
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
