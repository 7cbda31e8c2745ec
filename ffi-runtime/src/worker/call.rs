//! One call of the author's function, and its answer.
//!
//! - One trap is around both. A panic before there is an answer is the answer; what panics later,
//!   while the answer is made or its value dropped, finds the call answered or has it cancelled.
//! - No panic leaves a call.

use crate::handler::{Access, ErrorText, Handler, Return};
use crate::outbox;
use crate::panic::{trap, trap_inside};
use crate::reply::Reply;
use crate::request::{Panicked, Transport};
use crate::tasks::Finished;
use std::marker::PhantomData;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// How a handler borrows its state for a call.
type StateRef<H> = <<H as Handler>::Access as Access>::Ref<'static, <H as Handler>::State>;

/// Calls a plain function.
#[inline]
pub(super) fn call_now<H: Handler, T: Transport<H::Args>>(state: StateRef<H>, args: H::Args, reply: Reply) -> Finished {
    let mut reply = Some(reply);
    let call = trap_inside(|| {
        // It has run when its future is made.
        let result = pin!(H::call(state, args)).poll(&mut Context::from_waker(Waker::noop()));
        if let Poll::Ready(result) = result {
            answer::<H, T>(&mut reply, result);
        }
    });
    match call {
        Ok(()) => Finished::Returned,
        Err(panic) => panicked::<H>(reply, &panic),
    }
}

/// An async function on its way: ready once it was answered.
pub(super) struct Call<H, T, F> {
    /// Pinned where this is. `None` once it has returned.
    future: Option<F>,
    /// `None` once it was answered.
    reply: Option<Reply>,
    way: PhantomData<fn() -> (H, T)>,
}

impl<H: Handler, T: Transport<H::Args>, F: Future<Output = H::Return>> Call<H, T, F> {
    pub(super) fn new(future: F, reply: Reply) -> Self {
        Self { future: Some(future), reply: Some(reply), way: PhantomData }
    }
}

impl<H: Handler, T: Transport<H::Args>, F: Future<Output = H::Return>> Future for Call<H, T, F> {
    type Output = Finished;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Finished> {
        // SAFETY: the future is never moved, only dropped where it is.
        let Self { future, reply, .. } = unsafe { self.get_unchecked_mut() };
        let call = trap_inside(|| {
            let Some(running) = future else { return Poll::Ready(()) };
            // SAFETY: pinned where this is.
            let result = unsafe { Pin::new_unchecked(running) }.poll(cx);
            result.map(|result| {
                *future = None;
                answer::<H, T>(reply, result);
            })
        });
        match call {
            Ok(poll) => poll.map(|()| Finished::Returned),
            Err(panic) => {
                let _ = trap_inside(|| *future = None);
                Poll::Ready(panicked::<H>(reply.take(), &panic))
            }
        }
    }
}

/// Answers with what the author's function returned.
#[inline]
fn answer<H: Handler, T: Transport<H::Args>>(reply: &mut Option<Reply>, result: H::Return) {
    // The error's text is the author's code too, and made before anything is answered.
    let result = result.into_result().map_err(|error| error.text());
    let Some(reply) = reply.take() else { return };
    match result {
        Ok(value) if outbox::is_fetched() => {
            let call = reply.pending().cloned();
            outbox::fire(call, move || drop(trap(|| T::answer(reply, H::INFO.name, value))));
        }
        Ok(value) => T::answer(reply, H::INFO.name, value),
        Err(text) => reply.fail(&text),
    }
}

/// Answers a call that panicked before there was an answer.
#[cold]
fn panicked<H: Handler>(reply: Option<Reply>, panic: &str) -> Finished {
    let Some(reply) = reply else { return Finished::Returned };
    reply.fail(&Panicked(H::INFO.name, panic));
    Finished::Panicked(H::INFO.name)
}
