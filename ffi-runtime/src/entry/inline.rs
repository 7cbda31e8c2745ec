//! Functions that run on the thread that calls them: no queue, no worker, no lock.
//!
//! - The request is read on the calling thread on both paths, so every fault in it refuses the
//!   call.
//! - A method's caller stays in the context's slot until its answer has returned: closing the
//!   context does not wait for that, its end does.
//! - An async method that is not ready at its first poll moves to the worker, and answers there.

use super::{Refusal, Refused, missing_callback, refuse, refuse_unread, source};
use crate::abi::{FfiCallback, RET_ERR, RET_OK};
use crate::callback::HostCallback;
use crate::declare::{Answer, Arguments, ErrorText, Found, Inline, Library, Return, Stateless, bounds};
use crate::error::Fault;
use crate::event::Serving;
use crate::failure::{At, Panicked};
use crate::frames::{Frame, Part};
use crate::outbox::Aside;
use crate::panic::{Panic, trap, trap_until_answered};
use crate::registry::Hosted;
use crate::reply::Reply;
use crate::request::{Cbor, Native, RequestBytes, Transport, decode_args};
use crate::slots::{Handle, Stay};
use crate::stack;
use crate::worker::{Context, Continuation};
use std::ffi::{c_int, c_void};
use std::pin::pin;
use std::task::{self, Poll, Waker};

/// The native entry of an inline method.
///
/// # Safety
/// As for [`submit_pod`](super::submit_pod).
pub unsafe fn inline_pod<H: Inline>(
    ctx: *mut c_void,
    callback: FfiCallback,
    user_data: *mut c_void,
    pod: *const <H::Args as Arguments>::Pod,
) -> c_int {
    // SAFETY: the caller's promise about the callback.
    let Some(target) = (unsafe { HostCallback::new(callback, user_data) }) else {
        return missing_callback::<H::State>(H::INFO.name);
    };
    // SAFETY: the caller's promise about `pod`.
    run_in::<H, Native<H::Args>>(ctx, target, || unsafe { read_pod::<H::State, _>(pod) })
}

/// The CBOR entry of an inline method.
///
/// # Safety
/// As for [`submit_cbor`](super::submit_cbor).
pub unsafe fn inline_cbor<H: Inline>(
    ctx: *mut c_void,
    callback: FfiCallback,
    user_data: *mut c_void,
    request: *const u8,
    len: usize,
) -> c_int {
    // SAFETY: the caller's promise about the callback.
    let Some(target) = (unsafe { HostCallback::new(callback, user_data) }) else {
        return missing_callback::<H::State>(H::INFO.name);
    };
    run_in::<H, Cbor>(ctx, target, || {
        // SAFETY: the caller's promise about the bytes.
        read_cbor::<H::State, _>(unsafe { RequestBytes::from_raw(request, len) }?)
    })
}

/// The CBOR entry of an inline method for bytes in Rust's terms.
///
/// # Safety
/// As for [`submit_pod`](super::submit_pod).
pub(crate) unsafe fn inline_bytes<H: Inline>(
    ctx: *mut c_void,
    callback: FfiCallback,
    user_data: *mut c_void,
    request: RequestBytes<'_>,
) -> c_int {
    // SAFETY: the caller's promise about the callback.
    let Some(target) = (unsafe { HostCallback::new(callback, user_data) }) else {
        return missing_callback::<H::State>(H::INFO.name);
    };
    run_in::<H, Cbor>(ctx, target, || read_cbor::<H::State, _>(request))
}

/// The native entry of a plain function without a state.
///
/// # Safety
/// As for [`submit_pod`](super::submit_pod).
#[inline]
pub unsafe fn stateless_pod<F: Stateless, S: Library>(
    _: Found<S>,
    callback: FfiCallback,
    user_data: *mut c_void,
    pod: *const <F::Args as Arguments>::Pod,
) -> c_int {
    // SAFETY: the caller's promise about the callback.
    let Some(target) = (unsafe { HostCallback::new(callback, user_data) }) else {
        return missing_callback::<S>(F::INFO.name);
    };
    // SAFETY: the caller's promise about `pod`.
    run_alone::<F, S, Native<F::Args>>(target, || unsafe { read_pod::<S, _>(pod) })
}

/// The CBOR entry of a plain function without a state.
///
/// # Safety
/// As for [`submit_cbor`](super::submit_cbor).
pub unsafe fn stateless_cbor<F: Stateless, S: Library>(
    _: Found<S>,
    callback: FfiCallback,
    user_data: *mut c_void,
    request: *const u8,
    len: usize,
) -> c_int {
    // SAFETY: the caller's promise about the callback.
    let Some(target) = (unsafe { HostCallback::new(callback, user_data) }) else {
        return missing_callback::<S>(F::INFO.name);
    };
    run_alone::<F, S, Cbor>(target, || {
        // SAFETY: the caller's promise about the bytes.
        read_cbor::<S, _>(unsafe { RequestBytes::from_raw(request, len) }?)
    })
}

/// The CBOR entry of a plain function without a state for bytes in Rust's terms; the handle is
/// ignored.
///
/// # Safety
/// As for [`submit_pod`](super::submit_pod).
pub(crate) unsafe fn stateless_bytes<F: Stateless, S: Library>(
    _ctx: *mut c_void,
    callback: FfiCallback,
    user_data: *mut c_void,
    request: RequestBytes<'_>,
) -> c_int {
    // SAFETY: the caller's promise about the callback.
    let Some(target) = (unsafe { HostCallback::new(callback, user_data) }) else {
        return missing_callback::<S>(F::INFO.name);
    };
    run_alone::<F, S, Cbor>(target, || read_cbor::<S, _>(request))
}

/// # Safety
/// As for [`Arguments::from_pod`].
#[inline]
pub(super) unsafe fn read_pod<S: Library, A: Arguments>(pod: *const A::Pod) -> Result<A, Fault> {
    // SAFETY: the caller's promise.
    unsafe { A::from_pod(pod, &mut source::<S>()) }
}

pub(super) fn read_cbor<S: Library, A: Arguments>(bytes: RequestBytes<'_>) -> Result<A, Fault> {
    bytes.check_size(S::OPTIONS.request_limit)?;
    decode_args(bytes.as_slice(), S::OPTIONS.memory_limit)
}

/// Runs a function without a state.
#[inline]
fn run_alone<F: Stateless, S: Library, T: Transport<F::Args>>(
    target: HostCallback,
    read: impl FnOnce() -> Result<F::Args, Fault>,
) -> c_int {
    if let Err(after_fork) = S::cell().contexts().footing().check() {
        return refuse(F::INFO.name, Reply::to(target), after_fork.into());
    }
    let bound = const { bounds::of_call::<F::Args, F::Return>() };
    match stack::check(bound) {
        Ok(()) => stack::apart(bound, || run_alone_here::<F, T>(target, read)),
        Err(fault) => refuse(F::INFO.name, Reply::to(target), fault.into()),
    }
}

#[inline]
fn run_alone_here<F: Stateless, T: Transport<F::Args>>(
    target: HostCallback,
    read: impl FnOnce() -> Result<F::Args, Fault>,
) -> c_int {
    let call = || Ok(now(F::call(read()?)).into_result().map_err(|error| error.text()));
    answer_here::<T, _, _>(F::INFO.name, target, call)
}

/// Runs a method in the context that the handle is of.
fn run_in<H: Inline, T: Transport<H::Args>>(
    ctx: *mut c_void,
    target: HostCallback,
    read: impl FnOnce() -> Result<H::Args, Fault>,
) -> c_int {
    let bound = const { bounds::of_call::<H::Args, H::Return>() };
    match stack::check(bound) {
        Ok(()) => stack::apart(bound, || run_in_here::<H, T>(ctx, target, read)),
        Err(fault) => refuse_unread::<H::State>(H::INFO.name, ctx, Reply::to(target), fault),
    }
}

#[inline]
fn run_in_here<H: Inline, T: Transport<H::Args>>(
    ctx: *mut c_void,
    target: HostCallback,
    read: impl FnOnce() -> Result<H::Args, Fault>,
) -> c_int {
    let cell = H::State::cell();
    if let Err(after_fork) = cell.contexts().footing().check() {
        return refuse(H::INFO.name, Reply::to(target), after_fork.into());
    }
    let Some(stay) = cell.contexts().slots().stay(Handle::from_raw(ctx.addr())) else {
        return refuse(H::INFO.name, Reply::to(target), Refusal::StaleHandle);
    };
    // SAFETY: the caller stays with the context until the frame is dropped.
    let _frame = unsafe { Frame::enter(stay.attendance().inside(), &*stay, Part::Inline) };
    let Some(published) = stay.published() else {
        return refuse(H::INFO.name, Reply::to(target), Refusal::Constructing);
    };
    let _served = Serving::of::<H::State>(stay.hub()).enter();
    let _entered = published.runtime().enter();
    // SAFETY: the caller stays; a future that outlives its stay is the worker's by then, which
    // answers or drops it before it takes the state back.
    let state: &'static H::State = unsafe { published.state() };
    if H::INFO.is_async {
        return begin_here::<H, T>(&stay, state, target, read);
    }
    let call = || Ok(now(H::call(state, read()?)).into_result().map_err(|error| error.text()));
    answer_here::<T, _, _>(H::INFO.name, target, call)
}

/// The output of a future that is ready: a plain function's.
#[inline]
fn now<R>(call: impl Future<Output = R>) -> R {
    match pin!(call).poll(&mut task::Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => unreachable!("a plain function has run when its future is polled"),
    }
}

/// Answers with what `call` gives on this thread. A fault is one in the request, and refuses it.
#[inline]
fn answer_here<T: Transport<A>, A, V: Answer>(
    name: &'static str,
    target: HostCallback,
    call: impl FnOnce() -> Result<Result<V, String>, Fault>,
) -> c_int {
    // Taken before the host is called: whoever finds it here may answer, and nobody twice.
    let mut unanswered = Some(target);
    let outcome = trap_until_answered(|trap| match call() {
        Ok(Ok(value)) => {
            let succeed = |result| {
                if let Some(target) = unanswered.take() {
                    trap.answered();
                    // SAFETY: the target was taken, so this is the one answer.
                    unsafe { target.fire(RET_OK, result) };
                }
            };
            T::deliver(value, succeed).map_err(|fault| Box::new(Unanswered::Result(fault)))
        }
        Ok(Err(error)) => Err(Box::new(Unanswered::Error(error))),
        Err(fault) => Err(Box::new(Unanswered::Request(fault))),
    });
    match outcome {
        Ok(Ok(())) => RET_OK,
        other => fail_here(name, unanswered, other),
    }
}

/// Why a function that ran here has not answered.
enum Unanswered {
    Request(Fault),
    Error(String),
    Result(Fault),
}

/// How a function ran here, or its panic.
type Outcome = Result<Result<(), Box<Unanswered>>, Panic>;

/// Answers in its place, unless what panicked was a value that had been answered.
#[cold]
fn fail_here(name: &str, target: Option<HostCallback>, outcome: Outcome) -> c_int {
    let Some(reply) = target.map(Reply::to) else { return RET_OK };
    let _aside = Aside::step();
    match outcome.map(|ended| ended.map_err(|reason| *reason)) {
        Ok(Err(Unanswered::Request(fault))) => {
            reply.fail(&Refused(name, fault.into()));
            return RET_ERR;
        }
        Ok(Err(Unanswered::Error(text))) => reply.fail(&text),
        Ok(Err(Unanswered::Result(fault))) => reply.fail(&At(name, &fault)),
        Err(panic) => reply.fail(&Panicked(name, &panic)),
        // An answer that nobody took is not to be had; the reply says so.
        Ok(Ok(())) => return RET_OK,
    };
    RET_OK
}

/// What one poll comes to.
enum FirstPoll<F, R> {
    Ended(R),
    Waits(F),
}

/// Polls an async method once, and leaves it to the worker where it is not ready.
fn begin_here<H: Inline, T: Transport<H::Args>>(
    stay: &Stay<'_, Context<H::State>>,
    state: &'static H::State,
    target: HostCallback,
    read: impl FnOnce() -> Result<H::Args, Fault>,
) -> c_int {
    if stay.has_moved_all() {
        return refuse(H::INFO.name, Reply::to(target), Refusal::MovedFull(H::State::OPTIONS.queue_limit));
    }
    let polled = trap(|| {
        let args = read()?;
        let mut call = Box::pin(H::call(state, args));
        Ok(match call.as_mut().poll(&mut task::Context::from_waker(Waker::noop())) {
            Poll::Ready(result) => FirstPoll::Ended(result),
            Poll::Pending => FirstPoll::Waits(call),
        })
    });
    let call = match polled {
        Ok(Ok(FirstPoll::Waits(call))) => call,
        Ok(Ok(FirstPoll::Ended(result))) => {
            let result = || Ok(result.into_result().map_err(|error| error.text()));
            return answer_here::<T, _, _>(H::INFO.name, target, result);
        }
        Ok(Err(fault)) => return fail_here(H::INFO.name, Some(target), Ok(Err(Box::new(Unanswered::Request(fault))))),
        Err(panic) => return fail_here(H::INFO.name, Some(target), Err(panic)),
    };
    // The worker polls it at once, with a waker of its own.
    stay.adopt(Continuation::<H, T, _>::new(call, stay.move_one()), Reply::to(target));
    RET_OK
}
