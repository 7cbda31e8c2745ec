//! The live context of a handle: found, entered, and kept alive while a refusal is answered.

use super::refusal::{Refusal, refuse};
use crate::call::Reply;
use crate::context::{Entered, Gate, Handle};
use crate::declare::Library;
use crate::error::Fault;
use crate::registry::Hosted;
use crate::worker::Context;
use std::ffi::{c_int, c_void};

/// The gate of a live context, in a process where the library can be used.
#[inline]
pub(super) fn find<S: Library>(handle: Handle) -> Result<&'static Gate<Context<S>>, Refusal> {
    S::cell().contexts().process_guard().check()?;
    match S::cell().contexts().slots().open_gate(handle) {
        Some(gate) => Ok(gate),
        None => Err(Refusal::StaleHandle),
    }
}

/// Enters the slot of a live context.
pub(super) fn enter<S: Library>(ctx: *mut c_void) -> Result<Entered<'static, Context<S>>, Refusal> {
    let handle = Handle::from_raw(ctx.addr());
    find::<S>(handle)?.enter(handle.generation()).ok_or(Refusal::StaleHandle)
}

/// Refuses a call of a context that is alive, whose end waits for the answer. The caller has
/// left the slot before it answers.
pub(super) fn refuse_inside<S: Library>(function: &str, handle: Handle, reply: Reply, refusal: Refusal) -> c_int {
    let answering = S::cell().contexts().slots().enter(handle).map(|context| context.latch().begin_callback());
    let refusal = if answering.is_some() { refusal } else { Refusal::StaleHandle };
    refuse(function, reply, refusal)
}

/// Refuses a call whose request was not read, since this thread has no stack for it.
#[cold]
pub(super) fn refuse_unread<S: Library>(function: &str, handle: Handle, reply: Reply, fault: Fault) -> c_int {
    match find::<S>(handle) {
        Ok(_) => refuse_inside::<S>(function, handle, reply, fault.into()),
        Err(refusal) => refuse(function, reply, refusal),
    }
}
