//! The request of a call: its arguments and its reply, from the moment it was made to its answer.
//!
//! ```text
//!  borrowed CBOR bytes ──copied──┐
//!  owned CBOR bytes ────adopted──┼──▶ made ──▶ queued ──▶ run ──▶ answered ──▶ released
//!  native arguments ─────moved───┘     │          │        │       result: native or CBOR
//!                                      │          │        │       error: text
//!                         refused by   │          │        │
//!                         the queue   ◀┘          │        └─ its worker went away
//!                              │                  └─ discarded (poisoned, no state)
//!                              └───────────▶ answered with the error ──▶ released
//! ```
//!
//! - Every arrow ends in *answered*, once: the [`Reply`] inside sees to it even where a
//!   request is merely dropped.
//! - *Released* happens once on every path: a request owns its bytes or arguments, and its
//!   parts are moved out exactly once, by [`Request::start`], [`Request::discard`] or `Drop`.
//! - Arguments of up to [`IN_PLACE`] bytes (with their reply) stand inside the request;
//!   larger ones are boxed.

use super::reply::Reply;
use crate::callback::UserData;
use crate::failure::Failure;
use crate::panic::contain;
use std::mem::{ManuallyDrop, MaybeUninit};

/// What a payload may take inside the request, in bytes.
pub(crate) const IN_PLACE: usize = 72;

/// A call in the queue of a context, which an engine `E` runs.
pub(crate) struct Request<E: 'static> {
    job: &'static JobTable<E>,
    reply: ManuallyDrop<Reply>,
    /// A value of the type that `job` was made for, until it is moved out.
    payload: MaybeUninit<[u64; IN_PLACE / 8]>,
}

// SAFETY: the payload is a `Job`, which is `Send`; the engine stays where it is.
unsafe impl<E: 'static> Send for Request<E> {}

/// What can be done with a payload, once.
struct JobTable<E: 'static> {
    start: unsafe fn(*mut u8, *mut Reply, &mut E),
    discard: unsafe fn(*mut u8),
    is_exclusive: bool,
    heeds_cancel: bool,
    is_droppable: bool,
    /// Whether it stands in for one that was started: reply and payload were moved out.
    is_spent: bool,
}

/// A payload.
pub(crate) trait Job<E: 'static>: Send + Sized {
    const EXCLUSIVE: bool;
    const HEEDS_CANCEL: bool = true;
    const DROPPABLE: bool = false;
    fn start(self, reply: Reply, engine: &mut E);
}

impl<E: 'static> Request<E> {
    /// What stands in the queue for a job, which must fit inside: see [`fits`].
    #[inline]
    pub(crate) fn new<J: Job<E>>(job: J, reply: Reply) -> Self {
        assert!(fits::<J>(), "a payload stands inside the request");
        let mut payload = MaybeUninit::<[u64; IN_PLACE / 8]>::uninit();
        // SAFETY: the payload has the size and alignment for a `J`, as was just asserted.
        unsafe { payload.as_mut_ptr().cast::<J>().write(job) };
        Self { job: const { &JobTable::of::<J>() }, reply: ManuallyDrop::new(reply), payload }
    }

    /// Whether the handler must run alone.
    pub(crate) fn is_exclusive(&self) -> bool {
        self.job.is_exclusive
    }

    /// Whether a host may cancel it while it waits.
    pub(crate) fn heeds_cancel(&self) -> bool {
        self.job.heeds_cancel
    }

    /// Whether a host may cancel it while its handler waits.
    pub(crate) fn is_droppable(&self) -> bool {
        self.job.is_droppable
    }

    /// The `user_data` of the call.
    pub(crate) fn user_data(&self) -> UserData {
        self.reply.user_data()
    }

    /// Whether there is no use in serving it: somebody else answered, or its deadline passed.
    pub(crate) fn is_over(&self) -> bool {
        self.reply.is_over()
    }

    /// Runs the handler, which answers. In place, as a request is too large to be moved for
    /// nothing; it is spent after this.
    #[inline]
    pub(crate) fn start(&mut self, engine: &mut E) {
        let job = std::mem::replace(&mut self.job, const { &JobTable::SPENT });
        if job.is_spent {
            return;
        }
        let reply: *mut Reply = &mut *self.reply;
        // SAFETY: the payload is of the table's type; the request is spent, so neither it nor the
        // reply is used again.
        unsafe { (job.start)(self.payload.as_mut_ptr().cast(), reply, engine) };
    }

    /// Answers with an error instead of running the handler; spent after this.
    pub(crate) fn discard(&mut self, reason: &Failure) {
        let job = std::mem::replace(&mut self.job, const { &JobTable::SPENT });
        if job.is_spent {
            return;
        }
        // SAFETY: the request is spent, so the reply is not used again.
        unsafe { ManuallyDrop::take(&mut self.reply) }.fail(reason.clone());
        // SAFETY: the payload is of the table's type, and not used again.
        unsafe { (job.discard)(self.payload.as_mut_ptr().cast()) };
    }
}

impl<E: 'static> Drop for Request<E> {
    #[inline]
    fn drop(&mut self) {
        if !self.job.is_spent {
            self.discard(&Failure::cancelled());
        }
    }
}

/// Whether a payload stands inside the request; else its box does.
pub(crate) const fn fits<J>() -> bool {
    size_of::<J>() <= IN_PLACE && align_of::<J>() <= align_of::<u64>()
}

impl<E: 'static> JobTable<E> {
    const fn of<J: Job<E>>() -> Self {
        Self {
            start: start_in::<E, J>,
            discard: discard_in::<J>,
            is_exclusive: J::EXCLUSIVE,
            heeds_cancel: J::HEEDS_CANCEL,
            is_droppable: J::DROPPABLE,
            is_spent: false,
        }
    }

    const SPENT: Self = Self {
        start: |_, _, _| {},
        discard: |_| {},
        is_exclusive: false,
        heeds_cancel: false,
        is_droppable: false,
        is_spent: true,
    };
}

/// # Safety
/// `payload` must hold a `J`, which is moved out, and so is the reply.
unsafe fn start_in<E: 'static, J: Job<E>>(payload: *mut u8, reply: *mut Reply, engine: &mut E) {
    // SAFETY: the caller's promise.
    let job = unsafe { payload.cast::<J>().read() };
    // SAFETY: the caller's promise.
    job.start(unsafe { reply.read() }, engine);
}

/// # Safety
/// `payload` must hold a `J`, which is moved out.
unsafe fn discard_in<J>(payload: *mut u8) {
    // SAFETY: the caller's promise.
    let job = unsafe { payload.cast::<J>().read() };
    // Arguments are the author's types, whose `Drop` may panic.
    let _ = contain(|| drop(job));
}

impl<E: 'static, J: Job<E>> Job<E> for Box<J> {
    const EXCLUSIVE: bool = J::EXCLUSIVE;
    const DROPPABLE: bool = J::DROPPABLE;

    fn start(self, reply: Reply, engine: &mut E) {
        (*self).start(reply, engine);
    }
}
