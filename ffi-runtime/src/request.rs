//! One call, from the moment it was accepted to its answer.
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

mod transport;

pub use transport::RequestBytes;
pub(crate) use transport::{Cbor, Decoded, Native, Transport, Unread, decode_args};

use crate::declare::{Handler, Inline, Library, bounds};
use crate::error::Fault;
use crate::moved::Moved;
use crate::panic::{Panic, contain};
use crate::queue::Queued;
use crate::reply::{CANCELLED, Reply, UserData};
use crate::stack;
use crate::worker::Engine;
use std::fmt;
use std::marker::PhantomData;
use std::mem::{ManuallyDrop, MaybeUninit};
use std::pin::Pin;

/// What a payload may take inside the request, in bytes.
pub(crate) const IN_PLACE: usize = 72;

/// What stands in the queue of a context.
pub(crate) enum Item<S: Library> {
    /// A call to be served.
    Call(Request<S>),
    /// Whatever stands before this with the same `user_data` is to be cancelled.
    Cancel(UserData),
}

impl<S: Library> Queued for Item<S> {
    #[inline]
    fn takes_place(&self) -> bool {
        // What has begun is no call that waits to begin.
        matches!(self, Self::Call(request) if request.heeds_cancel())
    }
}

/// A call in the queue of a context whose state is `S`.
pub(crate) struct Request<S: Library> {
    job: &'static JobTable<S>,
    reply: ManuallyDrop<Reply>,
    /// A value of the type that `job` was made for, until it is moved out.
    payload: MaybeUninit<[u64; IN_PLACE / 8]>,
}

// SAFETY: the payload is a `Job`, which is `Send`; the state stays where it is.
unsafe impl<S: Library> Send for Request<S> {}

/// What can be done with a payload, once.
struct JobTable<S: Library> {
    start: unsafe fn(*mut u8, *mut Reply, &mut Engine<S>),
    discard: unsafe fn(*mut u8),
    is_exclusive: bool,
    heeds_cancel: bool,
    is_droppable: bool,
    /// Whether it stands in for one that was started: reply and payload were moved out.
    is_spent: bool,
}

/// A payload.
pub(crate) trait Job<S: Library>: Send + Sized {
    const EXCLUSIVE: bool;
    const HEEDS_CANCEL: bool = true;
    const DROPPABLE: bool = false;
    fn start(self, reply: Reply, engine: &mut Engine<S>);
}

impl<S: Library> Request<S> {
    /// What stands in the queue for a job, which must fit inside: see [`Call::FITS`].
    #[inline]
    pub(crate) fn new<J: Job<S>>(job: J, reply: Reply) -> Self {
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
    pub(crate) fn start(&mut self, engine: &mut Engine<S>) {
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
    pub(crate) fn discard(&mut self, reason: &dyn fmt::Display) {
        let job = std::mem::replace(&mut self.job, const { &JobTable::SPENT });
        if job.is_spent {
            return;
        }
        // SAFETY: the request is spent, so the reply is not used again.
        unsafe { ManuallyDrop::take(&mut self.reply) }.fail(reason);
        // SAFETY: the payload is of the table's type, and not used again.
        unsafe { (job.discard)(self.payload.as_mut_ptr().cast()) };
    }
}

impl<S: Library> Drop for Request<S> {
    #[inline]
    fn drop(&mut self) {
        if !self.job.is_spent {
            self.discard(&CANCELLED);
        }
    }
}

/// Whether a payload stands inside the request.
const fn fits<J>() -> bool {
    size_of::<J>() <= IN_PLACE && align_of::<J>() <= align_of::<u64>()
}

impl<S: Library> JobTable<S> {
    const fn of<J: Job<S>>() -> Self {
        Self {
            start: start_in::<S, J>,
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
unsafe fn start_in<S: Library, J: Job<S>>(payload: *mut u8, reply: *mut Reply, engine: &mut Engine<S>) {
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

/// A handler's input.
pub(crate) struct Call<H, T> {
    input: T,
    handler: PhantomData<fn() -> H>,
}

impl<H, T> Call<H, T> {
    /// Whether it stands inside a request; else its box does.
    pub(crate) const FITS: bool = fits::<Self>();

    /// A call of `H` that came by `T`.
    pub(crate) fn new(input: T) -> Self {
        Self { input, handler: PhantomData }
    }
}

impl<H: Handler, T: Transport<H::Args>> Job<H::State> for Call<H, T> {
    const EXCLUSIVE: bool = <H::Access as crate::declare::Access>::EXCLUSIVE;
    const DROPPABLE: bool = H::DROPPABLE;

    #[inline]
    fn start(self, reply: Reply, engine: &mut Engine<H::State>) {
        let bound = const { bounds::of_call::<H::Args, H::Return>() };
        match stack::check(bound) {
            Ok(()) => stack::apart(bound, || self.start_here(reply, engine)),
            Err(fault) => {
                reply.fail(&At(H::INFO.name, &fault));
                let _ = contain(|| drop(self));
            }
        }
    }
}

impl<H: Handler, T: Transport<H::Args>> Call<H, T> {
    #[inline]
    fn start_here(self, reply: Reply, engine: &mut Engine<H::State>) {
        match self.input.into_args(H::State::OPTIONS.memory_limit) {
            Ok(args) => engine.run::<H, T>(args, reply),
            Err(Unread::Fault(fault)) => {
                reply.fail(&At(H::INFO.name, &fault));
            }
            Err(Unread::Panicked(panic)) => {
                if !reply.fail(&Panicked(H::INFO.name, &panic)) {
                    panic.lost(H::INFO.name);
                }
            }
        }
    }
}

/// An inline method on its way.
pub(crate) trait Going<H: Inline>: Future<Output = H::Return> + Send + 'static {}

impl<H: Inline, F: Future<Output = H::Return> + Send + 'static> Going<H> for F {}

/// An inline method that waited at its first poll.
pub(crate) struct Begun<H, T, F> {
    going: Pin<Box<F>>,
    moved: Moved,
    method: PhantomData<fn() -> (H, T)>,
}

impl<H, T, F> Begun<H, T, F> {
    /// What is left of a call of `H` that came by `T`.
    pub(crate) fn new(going: Pin<Box<F>>, moved: Moved) -> Self {
        Self { going, moved, method: PhantomData }
    }
}

impl<H: Inline, T: Transport<H::Args>, F: Going<H>> Job<H::State> for Begun<H, T, F> {
    const EXCLUSIVE: bool = false;
    const HEEDS_CANCEL: bool = false;

    fn start(self, reply: Reply, engine: &mut Engine<H::State>) {
        drop(self.moved);
        engine.go_on::<H, T>(self.going, reply);
    }
}

impl<S: Library, J: Job<S>> Job<S> for Box<J> {
    const EXCLUSIVE: bool = J::EXCLUSIVE;
    const DROPPABLE: bool = J::DROPPABLE;

    fn start(self, reply: Reply, engine: &mut Engine<S>) {
        (*self).start(reply, engine);
    }
}

/// A fault in a request or a result of the function named.
pub(crate) struct At<'a>(pub(crate) &'a str, pub(crate) &'a Fault);

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0, self.1)
    }
}

/// A panic in the function named.
pub(crate) struct Panicked<'a>(pub(crate) &'a str, pub(crate) &'a Panic);

impl fmt::Display for Panicked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} panicked: {}", self.0, self.1)
    }
}

#[cfg(test)]
mod tests {
    use super::Item;
    use crate::ffi;

    #[ffi(library = "requests")]
    struct State;

    #[test]
    fn a_queued_request_takes_no_more_than_it_must() {
        assert_eq!(size_of::<Item<State>>(), if usize::BITS == 64 { 96 } else { 84 });
    }
}
