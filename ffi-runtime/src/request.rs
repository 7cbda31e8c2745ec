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

use crate::error::Fault;
use crate::handler::{Handler, Inline};
use crate::library::Library;
use crate::panic::trap;
use crate::pending::Pending;
use crate::reply::{Reply, Target, UserData};
use crate::worker::Engine;
use std::fmt;
use std::marker::PhantomData;
use std::mem::{ManuallyDrop, MaybeUninit};
use std::pin::Pin;
use std::sync::Arc;

/// What a payload may take inside the request, in bytes.
pub(crate) const IN_PLACE: usize = 72;

/// What stands in the queue of a context.
pub(crate) enum Item<S: Library> {
    /// A call to be served.
    Call(Request<S>),
    /// Whatever stands before this with the same `user_data` is to be cancelled.
    Cancel(UserData),
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
    start: unsafe fn(*mut u8, Reply, &mut Engine<S>),
    discard: unsafe fn(*mut u8),
    is_exclusive: bool,
    heeds_cancel: bool,
}

/// A payload.
trait Job<S: Library>: Send + Sized {
    const EXCLUSIVE: bool;
    const HEEDS_CANCEL: bool = true;
    fn start(self, reply: Reply, engine: &mut Engine<S>);
}

impl<S: Library> Request<S> {
    /// A call of `H` that came by `T`.
    pub(crate) fn new<H: Handler<State = S>, T: Transport<H::Args>>(input: T, reply: Reply) -> Self {
        let call = Call::<H, T> { input, handler: PhantomData };
        if const { fits::<Call<H, T>>() } { Self::with(call, reply) } else { Self::with(Box::new(call), reply) }
    }

    /// A call of `H` that began on its caller's thread, to be run to its end.
    pub(crate) fn begun<H: Inline<State = S>, T: Transport<H::Args>, F: Going<H>>(
        going: Pin<Box<F>>,
        reply: Reply,
    ) -> Self {
        Self::with(Begun::<H, T, F> { going, method: PhantomData }, reply)
    }

    fn with<J: Job<S>>(job: J, reply: Reply) -> Self {
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

    /// The `user_data` of the call.
    pub(crate) fn user_data(&self) -> UserData {
        self.reply.user_data()
    }

    /// Lets others answer too, or warn.
    pub(crate) fn track(&mut self, begin: impl FnOnce(Target) -> Arc<Pending>) {
        self.reply.track(begin);
    }

    /// Whether there is no use in serving it: somebody else answered, or its deadline passed.
    pub(crate) fn is_over(&self) -> bool {
        self.reply.is_over()
    }

    /// Runs the handler, which answers.
    pub(crate) fn start(self, engine: &mut Engine<S>) {
        let mut request = ManuallyDrop::new(self);
        // SAFETY: `request` is not used again but for its payload.
        let reply = unsafe { ManuallyDrop::take(&mut request.reply) };
        // SAFETY: the payload is of the table's type, and `request` is not used again.
        unsafe { (request.job.start)(request.payload.as_mut_ptr().cast(), reply, engine) };
    }

    /// Answers with an error instead of running the handler.
    pub(crate) fn discard(self, reason: &dyn fmt::Display) {
        let mut request = ManuallyDrop::new(self);
        // SAFETY: `request` is not used again but for its payload.
        unsafe { ManuallyDrop::take(&mut request.reply) }.fail(reason);
        // SAFETY: the payload is of the table's type, and `request` is not used again.
        unsafe { (request.job.discard)(request.payload.as_mut_ptr().cast()) };
    }
}

impl<S: Library> Drop for Request<S> {
    fn drop(&mut self) {
        // SAFETY: nothing uses the reply after its drop, which answers.
        unsafe { ManuallyDrop::drop(&mut self.reply) };
        // SAFETY: the payload is of the table's type, and nothing uses it after its drop.
        unsafe { (self.job.discard)(self.payload.as_mut_ptr().cast()) };
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
        }
    }
}

/// # Safety
/// `payload` must hold a `J`, which is moved out.
unsafe fn start_in<S: Library, J: Job<S>>(payload: *mut u8, reply: Reply, engine: &mut Engine<S>) {
    // SAFETY: the caller's promise.
    unsafe { payload.cast::<J>().read() }.start(reply, engine);
}

/// # Safety
/// `payload` must hold a `J`, which is moved out.
unsafe fn discard_in<J>(payload: *mut u8) {
    // SAFETY: the caller's promise.
    let job = unsafe { payload.cast::<J>().read() };
    // Arguments are the author's types, whose `Drop` may panic.
    let _ = trap(|| drop(job));
}

/// A handler's input.
struct Call<H, T> {
    input: T,
    handler: PhantomData<fn() -> H>,
}

impl<H: Handler, T: Transport<H::Args>> Job<H::State> for Call<H, T> {
    const EXCLUSIVE: bool = <H::Access as crate::access::Access>::EXCLUSIVE;

    fn start(self, reply: Reply, engine: &mut Engine<H::State>) {
        match self.input.into_args(H::State::OPTIONS.memory_limit) {
            Ok(args) => engine.run::<H, T>(args, reply),
            Err(Unread::Fault(fault)) => reply.fail(&At(H::INFO.name, &fault)),
            Err(Unread::Panicked(panic)) => reply.fail(&Panicked(H::INFO.name, &panic)),
        }
    }
}

/// An inline method on its way.
pub(crate) trait Going<H: Inline>: Future<Output = H::Return> + Send + 'static {}

impl<H: Inline, F: Future<Output = H::Return> + Send + 'static> Going<H> for F {}

/// An inline method that waited at its first poll.
struct Begun<H, T, F> {
    going: Pin<Box<F>>,
    method: PhantomData<fn() -> (H, T)>,
}

impl<H: Inline, T: Transport<H::Args>, F: Going<H>> Job<H::State> for Begun<H, T, F> {
    const EXCLUSIVE: bool = false;
    const HEEDS_CANCEL: bool = false;

    fn start(self, reply: Reply, engine: &mut Engine<H::State>) {
        engine.go_on::<H, T>(self.going, reply);
    }
}

impl<S: Library, J: Job<S>> Job<S> for Box<J> {
    const EXCLUSIVE: bool = J::EXCLUSIVE;

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
pub(crate) struct Panicked<'a>(pub(crate) &'a str, pub(crate) &'a str);

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
        assert_eq!(size_of::<Item<State>>(), 96);
    }
}
