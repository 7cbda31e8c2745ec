//! A running call: calls the author's function, and answers with what it returns.
//!
//! - One trap is around both. A panic before the answer is given is the answer; what panics later,
//!   while the value is dropped, finds the call answered and is the hook's.
//! - No panic leaves a call.

use super::tasks::Finished;
use crate::abi::ErrorKind;
use crate::call::{Reply, Transport, outbox};
use crate::callback::Failed;
use crate::declare::{Access, Answer, ErrorText, Handler, Return, Sent, author_error};
use crate::failure::Failure;
use crate::panic::{Panic, Trap, contain, trap_until_answered};
use std::marker::PhantomData;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// How a handler borrows its state for a call.
type StateRef<H> = <<H as Handler>::Access as Access>::Ref<'static, <H as Handler>::State>;

/// What a handler returns.
pub(super) trait Answering: Return<Value: Answer, Error: ErrorText> {}

impl<R: Return<Value: Answer, Error: ErrorText>> Answering for R {}

/// Calls a plain function.
#[inline]
pub(super) fn call_now<H: Handler, T: Transport<H::Args>>(state: StateRef<H>, args: H::Args, reply: Reply) -> Finished {
    let mut reply = Some(reply);
    let call = trap_until_answered(|trap| {
        // It has run when its future is made.
        let result = pin!(H::call(state, args)).poll(&mut Context::from_waker(Waker::noop()));
        if let Poll::Ready(result) = result {
            answer::<_, T, _>(H::INFO.name, trap, &mut reply, result);
        }
    });
    match call {
        Ok(()) => Finished::Returned,
        Err(panic) => panicked(H::INFO.name, reply, &panic),
    }
}

/// An async function on its way: ready once it was answered.
pub(super) struct RunningCall<A, T, F> {
    /// The function's.
    name: &'static str,
    /// Pinned where this is. `None` once it has returned.
    future: Option<F>,
    /// `None` once it was answered.
    reply: Option<Reply>,
    way: PhantomData<fn() -> (A, T)>,
}

impl<A, T: Transport<A>, F: Future<Output: Answering>> RunningCall<A, T, F> {
    pub(super) fn new(name: &'static str, future: F, reply: Reply) -> Self {
        Self { name, future: Some(future), reply: Some(reply), way: PhantomData }
    }
}

impl<A, T: Transport<A>, F: Future<Output: Answering>> Future for RunningCall<A, T, F> {
    type Output = Finished;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Finished> {
        // SAFETY: the future is never moved, only dropped where it is.
        let Self { name, future, reply, .. } = unsafe { self.get_unchecked_mut() };
        let call = trap_until_answered(|trap| {
            let Some(running) = future else { return Poll::Ready(()) };
            // SAFETY: pinned where this is.
            let result = unsafe { Pin::new_unchecked(running) }.poll(cx);
            result.map(|result| {
                *future = None;
                answer::<_, T, _>(name, trap, reply, result);
            })
        });
        match call {
            Ok(poll) => poll.map(|()| Finished::Returned),
            Err(panic) => {
                let _ = contain(|| *future = None);
                Poll::Ready(panicked(name, reply.take(), &panic))
            }
        }
    }
}

impl<A, T, F> Drop for RunningCall<A, T, F> {
    #[inline]
    fn drop(&mut self) {
        // The host is called while nothing unwinds, whatever the author's drop does.
        if self.future.is_some() {
            let _ = contain(|| self.future = None);
        }
    }
}

/// Answers with what the author's function returned. The reply is left where this panics before that.
#[inline]
fn answer<A, T: Transport<A>, R: Answering>(name: &'static str, trap: &Trap<'_>, reply: &mut Option<Reply>, result: R) {
    // The error's text is the author's code too, and made before anything is answered.
    match result.into_result().map_err(author_error) {
        Ok(value) if outbox::is_polled() => {
            let Some(reply) = reply.take() else { return };
            let call = reply.pending().cloned();
            let value = Sent::new(value);
            outbox::fire(call, move || answer_when_polled::<_, T, _>(name, reply, value.into_value()));
        }
        Ok(value) => T::answer(reply, trap, name, value),
        Err(error) => {
            let Some(reply) = reply.take() else { return };
            trap.answered();
            reply.fail(Failed::author(name, T::CROSSING, error));
        }
    }
}

/// Answers with a value that the host dispatches, on its thread.
fn answer_when_polled<A, T: Transport<A>, V: Answer>(name: &'static str, reply: Reply, value: V) {
    let mut reply = Some(reply);
    if let Err(panic) = trap_until_answered(|trap| T::answer(&mut reply, trap, name, value)) {
        panicked(name, reply, &panic);
    }
}

/// Answers a call that panicked before there was an answer.
#[cold]
pub(super) fn panicked(name: &'static str, reply: Option<Reply>, panic: &Panic) -> Finished {
    let Some(reply) = reply else { return Finished::Returned };
    if !reply.fail(Failure::panicked(name, panic)) {
        panic.lost(name);
    }
    let place = panic.place();
    let text = format!("the context is poisoned: {name} panicked while it held the state{place}");
    Finished::Panicked(Failure::new(ErrorKind::Poisoned, text))
}
