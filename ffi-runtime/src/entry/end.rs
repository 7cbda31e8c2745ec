//! Ends contexts (`L_destroy`, `L_ffi_close`) and cancels calls (`L_ffi_cancel`).

use super::lookup::{enter, find};
use super::refusal::{Refusal, missing_callback, note, own_name, refuse};
use crate::abi::{FfiCallback, RET_ERR, RET_OK};
use crate::call::Reply;
use crate::callback::UserData;
use crate::context::{Endless, Handle, grace, warns};
use crate::declare::{Destroy, Found, Library};
use crate::registry::Hosted;
use crate::sync::time::Instant;
use crate::worker::Context;
use std::ffi::{c_int, c_void};
use std::sync::Arc;

/// The destructor's entry point: closes a context, and waits until nothing is left of it unless
/// called from inside it. It waits for what blocks no longer than the library's grace and a second.
pub fn destroy<S: Destroy>(ctx: *mut c_void) -> c_int {
    let name = <S as Destroy>::INFO.name;
    let ended = match close_slot::<S>(ctx) {
        Ok(context) => {
            let grace_end = context.begin_closing(None);
            context.await_teardown(grace_end).map_err(|endless| match endless {
                Endless::Blocked => Refusal::Blocked,
                Endless::Exiting => Refusal::Exiting,
            })
        }
        Err(refusal) => {
            await_own_teardown::<S>(Handle::from_raw(ctx.addr()));
            Err(refusal)
        }
    };
    let Err(refusal) = ended else { return RET_OK };
    note::<S>(name, refusal);
    RET_ERR
}

/// Waits for a context that tears itself down because its constructor failed, so that nothing is left of it
/// when a host has destroyed it.
fn await_own_teardown<S: Destroy>(handle: Handle) {
    if S::cell().contexts().process_guard().check().is_err() {
        return;
    }
    let tearing_down = S::cell().contexts().tearing_down().iter().find(|context| context.handle() == handle).cloned();
    if let Some(context) = tearing_down {
        // Blocked or not, the handle was stale.
        let _ = context.await_teardown(Instant::now() + grace::<S>());
    }
}

/// `L_ffi_close`: the same teardown, without waiting. The callback is the context's last, and gets
/// no bytes.
///
/// # Safety
/// The callback must be sound to call once, from any thread, with `user_data`.
pub unsafe fn close<S: Library>(_: Found<S>, ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void) -> c_int {
    let name = own_name::<S>("close");
    // SAFETY: the caller's promise about the callback.
    let Some(mut reply) = (unsafe { Reply::new(callback, user_data) }) else {
        return missing_callback::<S>(&name);
    };
    match check_ends::<S>(ctx).and_then(|()| close_slot::<S>(ctx)) {
        Ok(context) => {
            if warns::<S>() {
                reply.track(|target| context.track(target, None));
            }
            context.begin_closing(Some(reply));
            RET_OK
        }
        Err(refusal) => refuse(&name, reply, refusal),
    }
}

/// `L_ffi_cancel`: asks to cancel the pending calls with this `user_data`.
pub fn cancel<S: Library>(_: Found<S>, ctx: *mut c_void, user_data: *mut c_void) -> c_int {
    match enter::<S>(ctx).and_then(|context| if context.has_exited() { Err(Refusal::Exiting) } else { Ok(context) }) {
        Ok(context) => {
            context.ask_cancel(UserData(user_data));
            RET_OK
        }
        Err(refusal) => {
            note::<S>(&own_name::<S>("cancel"), refusal);
            RET_ERR
        }
    }
}

/// Refuses to close a context that never ends, since one of its threads is inside `exit`.
fn check_ends<S: Library>(ctx: *mut c_void) -> Result<(), Refusal> {
    let context = enter::<S>(ctx)?;
    if context.latch().never_ends() { Err(Refusal::Exiting) } else { Ok(()) }
}

/// Makes the handle stale; every call that was accepted before is in the context's queue.
fn close_slot<S: Library>(ctx: *mut c_void) -> Result<Arc<Context<S>>, Refusal> {
    let handle = Handle::from_raw(ctx.addr());
    find::<S>(handle)?;
    S::cell().contexts().slots().close(handle).ok_or(Refusal::StaleHandle)
}
