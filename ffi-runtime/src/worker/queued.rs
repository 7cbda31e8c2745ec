//! Queued calls, which wait for their worker: those that have not begun, and continuations of those that waited
//! at their first poll, on their caller's thread.

use super::engine::Engine;
use crate::call::{Job, Reply, Transport, Unread, fits};
use crate::context::Moved;
use crate::declare::{Access, Handler, Inline, Library, bounds};
use crate::failure::Failure;
use crate::panic::contain;
use crate::stack;
use std::marker::PhantomData;
use std::pin::Pin;

/// A handler's input.
pub(crate) struct QueuedCall<H, T> {
    input: T,
    handler: PhantomData<fn() -> H>,
}

impl<H, T> QueuedCall<H, T> {
    /// Whether it stands inside a request; else its box does.
    pub(crate) const FITS: bool = fits::<Self>();

    /// A call of `H` that came by `T`.
    pub(crate) fn new(input: T) -> Self {
        Self { input, handler: PhantomData }
    }
}

impl<H: Handler, T: Transport<H::Args>> Job<Engine<H::State>> for QueuedCall<H, T> {
    const EXCLUSIVE: bool = <H::Access as Access>::EXCLUSIVE;
    const DROPPABLE: bool = H::DROPPABLE;

    #[inline]
    fn start(self, reply: Reply, engine: &mut Engine<H::State>) {
        let bound = const { bounds::of_call::<H::Args, H::Return>() };
        match stack::check(bound) {
            Ok(()) => stack::apart(bound, || self.start_here(reply, engine)),
            Err(fault) => {
                reply.fail(Failure::request(H::INFO.name, &fault));
                let _ = contain(|| drop(self));
            }
        }
    }
}

impl<H: Handler, T: Transport<H::Args>> QueuedCall<H, T> {
    #[inline]
    fn start_here(self, reply: Reply, engine: &mut Engine<H::State>) {
        match self.input.into_args(H::State::OPTIONS.memory_limit) {
            Ok(args) => engine.run::<H, T>(args, reply),
            Err(Unread::Fault(fault)) => {
                reply.fail(Failure::request(H::INFO.name, &fault));
            }
            Err(Unread::Panicked(panic)) => {
                if !reply.fail(Failure::panicked(H::INFO.name, &panic)) {
                    panic.lost(H::INFO.name);
                }
            }
        }
    }
}

/// An inline method that waited at its first poll.
pub(crate) struct Continuation<H, T, F> {
    future: Pin<Box<F>>,
    moved: Moved,
    method: PhantomData<fn() -> (H, T)>,
}

impl<H, T, F> Continuation<H, T, F> {
    /// What is left of a call of `H` that came by `T`.
    ///
    /// # Safety
    /// The future must be of [`Inline::call`] of `H`.
    pub(crate) unsafe fn new(future: Pin<Box<F>>, moved: Moved) -> Self {
        Self { future, moved, method: PhantomData }
    }
}

// SAFETY: the future is one that an inline method made, and may be sent as `Inline` promises; the rest is `Send`.
unsafe impl<H: Inline, T, F> Send for Continuation<H, T, F> where Moved: Send {}

impl<H: Inline, T: Transport<H::Args>, F: Future<Output = H::Return> + 'static> Job<Engine<H::State>>
    for Continuation<H, T, F>
{
    const EXCLUSIVE: bool = false;
    const HEEDS_CANCEL: bool = false;

    fn start(self, reply: Reply, engine: &mut Engine<H::State>) {
        drop(self.moved);
        engine.resume::<H, T>(self.future, reply);
    }
}
