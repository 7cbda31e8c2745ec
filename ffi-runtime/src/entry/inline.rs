//! Methods that run on the thread that calls them: no queue, no worker, no lock.
//!
//! - The caller stays in the context's slot until its answer has returned: closing the context does
//!   not wait for that, its end does.
//! - An async method that is not ready at its first poll moves to the worker, and answers there.

use super::answer::{Unanswered, answer_here, fail_here, now};
use super::dispatch::{Dispatch, describe_signature};
use super::entries::Callee;
use super::form::Form;
use super::lookup::refuse_unread;
use super::refusal::{Refusal, refuse};
use crate::abi::RET_OK;
use crate::call::Reply;
use crate::callback::HostCallback;
use crate::context::{Handle, SlotGuard};
use crate::declare::{FunctionInfo, Inline, Library, bounds};
use crate::events::CurrentContext;
use crate::panic::trap;
use crate::registry::Hosted;
use crate::schema::{Function, FunctionKind, SchemaBuilder};
use crate::stack;
use crate::threads::{ContextScope, Part};
use crate::value::pod::TextForm;
use crate::worker::{Context, Continuation};
use std::ffi::{c_int, c_void};
use std::marker::PhantomData;
use std::task::{self, Poll, Waker};

/// A method that runs on the thread that calls it.
struct InlineMethod<H>(PhantomData<H>);

/// The method of a handler, which runs on the thread that calls it.
pub const fn inline<H: Inline, F: TextForm>() -> Callee<H::Args, F> {
    Callee::of::<InlineMethod<H>>()
}

impl<H: Inline> Dispatch for InlineMethod<H> {
    type State = H::State;
    type Args = H::Args;
    const INFO: FunctionInfo = H::INFO;
    const KIND: FunctionKind = FunctionKind::Method;
    const NEEDS_CONTEXT: bool = true;

    fn describe(schema: &mut SchemaBuilder, function: &mut Function) {
        describe_signature::<H::Args, H::Return>(schema, function);
        function.inline = true;
    }

    fn call<F: Form<H::Args>>(ctx: *mut c_void, target: HostCallback, request: F) -> c_int {
        let handle = Handle::from_raw(ctx.addr());
        let bound = const { bounds::of_call::<H::Args, H::Return>() };
        match stack::check(bound) {
            Ok(()) => stack::apart(bound, || run::<H, F>(handle, target, request)),
            Err(fault) => refuse_unread::<H::State>(H::INFO.name, handle, Reply::to(target), fault),
        }
    }
}

/// Runs a method in the context of the handle, or refuses.
#[inline]
fn run<H: Inline, F: Form<H::Args>>(handle: Handle, target: HostCallback, request: F) -> c_int {
    let contexts = H::State::cell().contexts();
    if let Err(after_fork) = contexts.process_guard().check() {
        return refuse(H::INFO.name, Reply::to(target), after_fork.into());
    }
    let Some(slot) = contexts.slots().stay(handle) else {
        return refuse(H::INFO.name, Reply::to(target), Refusal::StaleHandle);
    };
    // SAFETY: the caller stays with the context until the scope is dropped.
    let _scope = unsafe { ContextScope::enter(slot.latch().context_id(), &*slot, Part::Inline) };
    let Some(published) = slot.published() else {
        return refuse(H::INFO.name, Reply::to(target), Refusal::Constructing);
    };
    let _current = CurrentContext::of::<H::State>(slot.dispatcher()).enter();
    let _entered = published.runtime().enter();
    // SAFETY: the caller stays; a future that outlives its stay is the worker's by then, which
    // answers or drops it before it takes the state back.
    let state: &'static H::State = unsafe { published.state() };
    if H::INFO.is_async {
        return poll_once::<H, F>(&slot, state, target, request);
    }
    let call = || Ok(now(H::call(state, request.read::<H::State>()?)));
    answer_here::<F::Read, _, _>(H::INFO.name, target, call)
}

/// What the first poll comes to.
enum FirstPoll<F, R> {
    Ready(R),
    Pending(F),
}

/// Polls an async method once, and leaves it to the worker where it is not ready.
fn poll_once<H: Inline, F: Form<H::Args>>(
    slot: &SlotGuard<'_, Context<H::State>>,
    state: &'static H::State,
    target: HostCallback,
    request: F,
) -> c_int {
    if slot.has_moved_all() {
        return refuse(H::INFO.name, Reply::to(target), Refusal::MovedFull(H::State::OPTIONS.queue_limit));
    }
    let polled = trap(|| {
        let args = request.read::<H::State>()?;
        let mut call = Box::pin(H::call(state, args));
        Ok(match call.as_mut().poll(&mut task::Context::from_waker(Waker::noop())) {
            Poll::Ready(result) => FirstPoll::Ready(result),
            Poll::Pending => FirstPoll::Pending(call),
        })
    });
    let call = match polled {
        Ok(Ok(FirstPoll::Pending(call))) => call,
        Ok(Ok(FirstPoll::Ready(result))) => {
            return answer_here::<F::Read, _, _>(H::INFO.name, target, || Ok(result));
        }
        Ok(Err(fault)) => return fail_here(H::INFO.name, Some(target), Ok(Err(Box::new(Unanswered::Request(fault))))),
        Err(panic) => return fail_here(H::INFO.name, Some(target), Err(panic)),
    };
    // SAFETY: the future is that of the method.
    let continuation = unsafe { Continuation::<H, F::Read, _>::new(call, slot.move_one()) };
    // The worker polls it at once, with a waker of its own.
    slot.adopt(continuation, Reply::to(target));
    RET_OK
}
