//! What the end of a context waits for: callbacks outside its worker, and the worker itself.

use crate::frames::{AtExit, Frame, Inside, Part};
use crate::sync::time::Instant;
use crate::sync::{Arc, Condvar, Mutex, MutexGuard, lock, unpoisoned};

/// Who is still there of one context.
#[derive(Debug, Default)]
pub(crate) struct Attendance {
    present: Mutex<Present>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Present {
    /// Callbacks that run on other threads than the worker.
    guests: usize,
    /// Whether the worker is done with everything.
    has_ended: bool,
    /// Whether a thread that the end waits for is inside `exit`.
    never_ends: bool,
}

impl Attendance {
    /// What stands for the context in the record of who is inside what.
    pub(crate) fn inside(self: &Arc<Self>) -> Inside {
        Arc::as_ptr(self).addr()
    }

    /// A callback is about to run on this thread; the end of the context waits until the guard
    /// is dropped. Only for what keeps the context from ending until this returns: a caller
    /// inside its slot, a call that is not answered.
    pub(crate) fn enter(self: &Arc<Self>) -> Guest {
        self.present().guests += 1;
        // SAFETY: the guest holds the attendance, and drops the frame before it.
        let frame = unsafe { Frame::enter(self.inside(), &**self, Part::Other) };
        Guest { _frame: frame, attendance: Arc::clone(self) }
    }

    /// Waits for the callbacks that run elsewhere, and until nobody `is_staying`; of that
    /// [`Attendance::stir`] tells.
    pub(crate) fn await_guests(&self, is_staying: impl Fn() -> bool) {
        drop(self.changed.wait_while(self.present(), |present| present.guests > 0 || is_staying()));
    }

    /// The worker is done with everything.
    pub(crate) fn end(&self) {
        self.present().has_ended = true;
        self.changed.notify_all();
    }

    /// A thread that the end waits for is inside `exit`.
    pub(crate) fn give_up(&self) {
        self.present().never_ends = true;
        self.changed.notify_all();
    }

    /// Whether the end never comes, because a thread that it waits for is inside `exit`.
    pub(crate) fn never_ends(&self) -> bool {
        self.present().never_ends
    }

    /// Waits until the worker is done, or never will be, or `is_due` says so, at most until `latest`;
    /// whether the worker is done. Of what is due [`Attendance::stir`] tells.
    pub(crate) fn await_end(&self, latest: Instant, is_due: impl Fn() -> bool) -> bool {
        let left = latest.saturating_duration_since(Instant::now());
        let is_waited_for = |present: &mut Present| !present.has_ended && !present.never_ends && !is_due();
        let waited = self.changed.wait_timeout_while(self.present(), left, is_waited_for);
        unpoisoned(waited).0.has_ended
    }

    /// Has whoever waits for the end look whether something is due.
    pub(crate) fn stir(&self) {
        drop(self.present());
        self.changed.notify_all();
    }

    fn see_off(&self) {
        self.present().guests -= 1;
        self.changed.notify_all();
    }

    fn present(&self) -> MutexGuard<'_, Present> {
        lock(&self.present)
    }
}

/// A callback that runs outside the worker.
#[derive(Debug)]
pub(crate) struct Guest {
    _frame: Frame,
    attendance: Arc<Attendance>,
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.attendance.see_off();
    }
}

impl AtExit for Attendance {
    /// A guest's thread does not come back to the context.
    fn exits(&self, _part: Part) {
        self.see_off();
    }
}
