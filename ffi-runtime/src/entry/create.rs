//! Creates a context: the handle at once, the state on the context's own thread.

use super::form::{CborRequest, Form, PodRequest};
use super::refusal::{Refusal, missing_callback, refuse};
use crate::abi::{ErrorKind, FfiCallback};
use crate::call::outbox::{self, ImmediateReplies};
use crate::call::{Reply, Transport};
use crate::callback::Failed;
use crate::context::{Handle, Owned, warns};
use crate::declare::{
    Arguments, AuthorError, Constructor, ConstructorReturn, Crossing, Destroy, StateOf, author_error, bounds,
};
use crate::failure::Failure;
use crate::panic::{Trapped, contain, trap};
use crate::registry::Hosted;
use crate::runtime_handle::RuntimeHandle;
use crate::stack;
use crate::value::cbor;
use crate::value::pod::{RawBytes, TextForm};
use crate::worker::{self, Boot, BootFuture, Context};
use std::ffi::c_void;
use std::future::ready;
use std::ptr::{null_mut, with_exposed_provenance_mut};
use std::sync::Arc;

/// Answers a constructor's call with the new handle.
type WriteHandle = fn(Reply, Handle);

/// How a constructor's answer crosses.
type Way = (WriteHandle, Crossing);

/// The native entry point of a constructor.
///
/// # Safety
/// As for [`Callee::call_pod`](super::Callee::call_pod).
pub unsafe fn create_pod<C: Constructor, F: TextForm>(
    callback: FfiCallback,
    user_data: *mut c_void,
    pod: *const <C::Args as Arguments>::Pod<F>,
) -> *mut c_void {
    // SAFETY: the caller's promise about `pod`.
    let request = unsafe { PodRequest::<C::Args, F>::new(pod) };
    // SAFETY: the caller's promise about the callback.
    unsafe { accept::<C, _>(callback, user_data, request, answer_native) }
}

/// The CBOR entry point of a constructor.
///
/// # Safety
/// As for [`Callee::call_cbor`](super::Callee::call_cbor).
pub unsafe fn create_cbor<C: Constructor>(
    request: *const u8,
    len: usize,
    callback: FfiCallback,
    user_data: *mut c_void,
) -> *mut c_void {
    // SAFETY: the caller's promise about the bytes.
    let request = unsafe { CborRequest::new(request, len) };
    // SAFETY: the caller's promise about the callback.
    unsafe { accept::<C, _>(callback, user_data, request, answer_cbor) }
}

/// # Safety
/// The callback as for [`Callee::call_pod`](super::Callee::call_pod).
unsafe fn accept<C: Constructor, F: Form<C::Args>>(
    callback: FfiCallback,
    user_data: *mut c_void,
    request: F,
    write_handle: WriteHandle,
) -> *mut c_void {
    // SAFETY: the caller's promise about the callback.
    match unsafe { Reply::new(callback, user_data) } {
        Some(reply) => create::<C, F>(reply, request, (write_handle, <F::Read as Transport<C::Args>>::CROSSING)),
        None => {
            missing_callback::<StateOf<C>>(C::INFO.name);
            null_mut()
        }
    }
}

/// Reads the request and starts a context, or refuses.
fn create<C: Constructor, F: Form<C::Args>>(reply: Reply, request: F, way: Way) -> *mut c_void {
    if let Err(after_fork) = <StateOf<C>>::cell().contexts().process_guard().check() {
        refuse(C::INFO.name, reply, after_fork.into());
        return null_mut();
    }
    let bound = const { bounds::of_arguments::<C::Args>() };
    match stack::check(bound) {
        Ok(()) => stack::apart(bound, || create_here::<C, F>(reply, request, way)),
        Err(fault) => {
            refuse(C::INFO.name, reply, fault.into());
            null_mut()
        }
    }
}

fn create_here<C: Constructor, F: Form<C::Args>>(reply: Reply, request: F, way: Way) -> *mut c_void {
    let refusal = match trap(|| request.read::<StateOf<C>>()) {
        Ok(Ok(args)) => return construct::<C>(args, reply, way),
        Ok(Err(fault)) => Refusal::Request(fault),
        Err(panic) => Refusal::Panicked(panic),
    };
    refuse(C::INFO.name, reply, refusal);
    null_mut()
}

/// Starts a context, whose worker constructs the state and answers.
fn construct<C: Constructor>(args: C::Args, reply: Reply, way: Way) -> *mut c_void {
    let first: Box<dyn Boot<StateOf<C>>> = Box::new(FirstCall::<C> { args, reply, way });
    let handle = start_context(first, |first, refusal| {
        let _immediate = ImmediateReplies::begin();
        first.refuse(&refusal.of(C::INFO.name));
    });
    handle.map_or(null_mut(), |handle| with_exposed_provenance_mut(handle.into_raw()))
}

/// Starts a context, whose worker takes `first`. Where it cannot, returns `None` and has told `refuse` why.
pub(super) fn start_context<S: Destroy>(
    mut first: Box<dyn Boot<S>>,
    refuse: impl FnOnce(Box<dyn Boot<S>>, Refusal),
) -> Option<Handle> {
    let contexts = S::cell().contexts();
    let (slots, process_guard, watchdog) = (contexts.slots(), contexts.process_guard(), contexts.watchdog());
    process_guard.begin_context();
    let warns = warns::<S>();
    if let Err(error) = watchdog.enter(warns) {
        process_guard.end_context();
        refuse(first, Refusal::NoThread("watch", error));
        return None;
    }
    let Some(context) = slots.open(|handle| Arc::new(Context::new(handle, contexts))) else {
        watchdog.leave();
        process_guard.end_context();
        refuse(first, Refusal::NoSlot);
        return None;
    };
    if warns {
        first.track(&context);
    }
    if let Err((first, error)) = context.start(first, worker::run) {
        abandon(&context, || refuse(first, Refusal::NoThread("worker", error)));
        watchdog.leave();
        process_guard.end_context();
        return None;
    }
    Some(context.handle())
}

/// Frees the slot of a context that has no worker, and refuses the call that was to start it.
fn abandon<S: Destroy>(context: &Context<S>, refuse: impl FnOnce()) {
    let (slots, handle) = (S::cell().contexts().slots(), context.handle());
    // A host that guessed the handle and destroyed the context has the slot.
    if slots.close(handle).is_some() {
        context.latch().await_callbacks(|| context.is_stayed_in());
        slots.vacate(handle);
    }
    refuse();
    context.latch().await_callbacks(|| false);
}

/// The constructor's call, which the new worker takes first.
struct FirstCall<C: Constructor> {
    args: C::Args,
    reply: Reply,
    way: Way,
}

impl<C: Constructor> Boot<StateOf<C>> for FirstCall<C> {
    fn track(&mut self, context: &Context<StateOf<C>>) {
        self.reply.track(|target| context.track(target, None));
    }

    fn boot(self: Box<Self>, context: Arc<Context<StateOf<C>>>, runtime: RuntimeHandle) -> BootFuture<StateOf<C>> {
        if let Err(fault) = stack::check(const { bounds::of_arguments::<C::Args>() }) {
            let cause = Failure::request(C::INFO.name, &fault);
            context.close_from_worker();
            self.refuse(&cause);
            return Box::pin(ready(Err(cause.as_kind(ErrorKind::ConstructorFailed))));
        }
        Box::pin(async move {
            let Self { args, reply, way: (write_handle, crossing) } = *self;
            // What it fires waits for listeners.
            context.dispatcher().begin_constructing();
            // Boxed at once: a state may be large, and would be moved from frame to frame.
            let made = async move { C::call(args).await.into_state().map(Owned::new).map_err(author_error) };
            let (outcome, panic) = match Trapped(made).await {
                Ok(outcome) => (outcome.map_err(|error| refused::<C>(error, crossing)), None),
                Err(panic) => {
                    let failure = Failure::panicked(C::INFO.name, &panic);
                    (Err((failure.as_kind(ErrorKind::ConstructorFailed), failure.into())), Some(panic))
                }
            };
            match outcome {
                Ok(state) => {
                    // Before the host is told, and calls.
                    context.publish(&state, runtime);
                    let (handle, pending) = (context.handle(), reply.pending().cloned());
                    let dispatcher = Arc::clone(context.dispatcher());
                    let answer = move || dispatcher.answer_constructor(|| write_handle(reply, handle));
                    outbox::fire(pending, answer);
                    Ok(state)
                }
                Err((of_the_waiting, failed)) => {
                    // Closed first: once the host knows of the failure, the handle is stale.
                    context.close_from_worker();
                    if !reply.fail(failed) {
                        panic.iter().for_each(|panic| panic.lost(C::INFO.name));
                    }
                    Err(of_the_waiting)
                }
            }
        })
    }

    fn refuse(self: Box<Self>, reason: &Failure) {
        let Self { args, reply, .. } = *self;
        reply.fail(reason.clone());
        let _ = contain(|| drop(args));
    }
}

/// What the calls get that waited for a constructor that failed with this error, and what its own call gets.
fn refused<C: Constructor>(error: AuthorError, crossing: Crossing) -> (Failure, Failed) {
    let of_the_waiting = Failure::new(ErrorKind::ConstructorFailed, error.text().to_owned());
    (of_the_waiting, Failed::author(C::INFO.name, crossing, error))
}

/// Answers with the handle as decimal text.
fn answer_native(reply: Reply, handle: Handle) {
    let text = format!("{}\0", handle.into_raw());
    reply.succeed(RawBytes { ptr: text.as_ptr(), len: text.len() - 1 });
}

/// Answers with the handle as a CBOR text of its decimal form.
fn answer_cbor(reply: Reply, handle: Handle) {
    let mut bytes = Vec::new();
    cbor::Writer::new(&mut bytes).text(&handle.into_raw().to_string());
    reply.succeed(RawBytes { ptr: bytes.as_ptr(), len: bytes.len() });
}
