//! Methods that are queued: the context's worker runs them.

use super::dispatch::{Dispatch, describe_signature};
use super::entries::Callee;
use super::form::Form;
use super::lookup::{find, refuse_inside, refuse_unread};
use super::refusal::{Refusal, refuse, refuse_job};
use crate::abi::RET_OK;
use crate::call::{Job, Reply, Request};
use crate::callback::HostCallback;
use crate::context::{Gate, Handle, Item};
use crate::declare::{Access, FunctionInfo, Handler, Library};
use crate::panic::trap;
use crate::schema::{Function, FunctionKind, SchemaBuilder};
use crate::stack;
use crate::value::pod::TextForm;
use crate::worker::{Context, Engine, QueuedCall};
use std::ffi::{c_int, c_void};
use std::marker::PhantomData;

/// A method that is queued.
struct QueuedMethod<H>(PhantomData<H>);

/// The method of a handler, which is queued.
pub const fn queued<H: Handler, F: TextForm>() -> Callee<H::Args, F> {
    Callee::of::<QueuedMethod<H>>()
}

impl<H: Handler> Dispatch for QueuedMethod<H> {
    type State = H::State;
    type Args = H::Args;
    const INFO: FunctionInfo = H::INFO;
    const KIND: FunctionKind = FunctionKind::Method;
    const NEEDS_CONTEXT: bool = true;

    fn describe(schema: &mut SchemaBuilder, function: &mut Function) {
        describe_signature::<H::Args, H::Return>(schema, function);
        function.exclusive = H::Access::EXCLUSIVE;
        function.deadline_ms = H::DEADLINE_MS;
        function.droppable = H::DROPPABLE;
    }

    fn call<F: Form<H::Args>>(ctx: *mut c_void, target: HostCallback, request: F) -> c_int {
        let (handle, reply) = (Handle::from_raw(ctx.addr()), Reply::to(target));
        match stack::check(F::STACK) {
            Ok(()) => stack::apart(F::STACK, || submit::<H, F>(handle, reply, request)),
            Err(fault) => refuse_unread::<H::State>(H::INFO.name, handle, reply, fault),
        }
    }
}

/// Takes the request from the host's memory and queues the call, or refuses.
fn submit<H: Handler, F: Form<H::Args>>(handle: Handle, reply: Reply, request: F) -> c_int {
    let gate = match find::<H::State>(handle) {
        Ok(gate) => gate,
        Err(refusal) => return refuse(H::INFO.name, reply, refusal),
    };
    // Outside the slot, so that whoever closes it need not wait for a long copy. Where there
    // is nothing to read, nothing can panic.
    let take = || request.into_queued::<H::State>();
    let input = match if const { size_of::<F::Queued>() == 0 } { Ok(take()) } else { trap(take) } {
        Ok(Ok(input)) => input,
        Ok(Err(fault)) => return refuse_inside::<H::State>(H::INFO.name, handle, reply, fault.into()),
        Err(panic) => return refuse_inside::<H::State>(H::INFO.name, handle, reply, Refusal::Panicked(panic)),
    };
    let call = QueuedCall::<H, F::Queued>::new(input);
    if const { QueuedCall::<H, F::Queued>::FITS } {
        enqueue::<H, _>(gate, handle, call, reply)
    } else {
        enqueue::<H, _>(gate, handle, Box::new(call), reply)
    }
}

/// Queues a call, or refuses.
#[inline]
fn enqueue<H: Handler, J: Job<Engine<H::State>>>(
    gate: &Gate<Context<H::State>>,
    handle: Handle,
    job: J,
    mut reply: Reply,
) -> c_int {
    let (refusal, _in_flight) = match gate.enter(handle.generation()) {
        None => (Refusal::StaleHandle, None),
        Some(inside) => {
            let context: &Context<_> = &inside;
            if let Some(place) = context.admit::<H>(&mut reply) {
                place.fill(|| Item::Call(Request::new(job, reply)));
                context.doorbell().ring();
                return RET_OK;
            }
            (no_place::<H::State>(context), Some(context.latch().begin_callback()))
        }
    };
    refuse_job(H::INFO.name, reply, refusal, job)
}

/// Why the queue has no place.
#[cold]
fn no_place<S: Library>(context: &Context<S>) -> Refusal {
    if context.has_exited() { Refusal::Exiting } else { Refusal::QueueFull(S::OPTIONS.queue_limit) }
}
