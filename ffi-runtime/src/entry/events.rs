//! The entry points of listeners, and of hosts that poll: they run what is ready in an event loop of their own.

use super::lookup::{enter, find};
use super::refusal::{self, Refusal};
use crate::abi::{FfiCallback, RET_ERR, RET_OK};
use crate::callback::HostCallback;
use crate::context::Handle;
use crate::declare::{Found, Library};
use crate::events::{Listener, Path};
use crate::registry::event;
use crate::sync::Arc;
use std::ffi::{CStr, c_char, c_int, c_void};

/// `L_ffi_add_event_listener`: adds a listener of the event, or with NULL or an empty name of all events;
/// returns its number, or 0 and an error for `L_ffi_last_error`.
///
/// # Safety
/// `event` must be NULL or NUL-terminated; the callback must be sound to call from any thread
/// with `user_data`, as often as events fire, until it is removed or the context has ended.
pub unsafe fn add_event_listener<S: Library>(
    _: Found<S>,
    ctx: *mut c_void,
    event: *const c_char,
    callback: FfiCallback,
    user_data: *mut c_void,
) -> u64 {
    // SAFETY: the caller's promise.
    unsafe { add::<S>("add_event_listener", ctx, event, callback, user_data, Path::Native) }
}

/// `L_ffi_add_event_listener_cbor`: the same, for payloads as CBOR.
///
/// # Safety
/// As for [`add_event_listener`].
pub unsafe fn add_event_listener_cbor<S: Library>(
    _: Found<S>,
    ctx: *mut c_void,
    event: *const c_char,
    callback: FfiCallback,
    user_data: *mut c_void,
) -> u64 {
    // SAFETY: the caller's promise.
    unsafe { add::<S>("add_event_listener_cbor", ctx, event, callback, user_data, Path::Cbor) }
}

/// # Safety
/// As for [`add_event_listener`].
unsafe fn add<S: Library>(
    function: &str,
    ctx: *mut c_void,
    event: *const c_char,
    callback: FfiCallback,
    user_data: *mut c_void,
    path: Path,
) -> u64 {
    // SAFETY: the caller's promise.
    let added = unsafe { HostCallback::new(callback, user_data) }.ok_or(Refusal::NoCallback).and_then(|target| {
        // Before the name is looked at: of a bad handle, the handle is the error.
        find::<S>(Handle::from_raw(ctx.addr()))?;
        // SAFETY: the caller's promise.
        let event = unsafe { event_named::<S>(event) }?;
        enter::<S>(ctx)?
            .listen(Listener::new(event, path, target))
            .map_err(|error| Refusal::NoThread("delivery", error))
    });
    added.unwrap_or_else(|refusal| {
        note::<S>(function, refusal);
        0
    })
}

/// Finds the library's event of this name; `None` is every event.
///
/// # Safety
/// `event` must be NULL or NUL-terminated.
unsafe fn event_named<S: Library>(event: *const c_char) -> Result<Option<&'static str>, Refusal> {
    if event.is_null() {
        return Ok(None);
    }
    // SAFETY: not NULL, so NUL-terminated as the caller promises.
    let name = unsafe { CStr::from_ptr(event) };
    let name = name.to_str().map_err(|_| Refusal::NotUtf8)?;
    if name.is_empty() {
        return Ok(None);
    }
    event::find(name, S::NAME).map(Some).ok_or_else(|| Refusal::NoEvent(name.to_owned()))
}

/// `L_ffi_remove_event_listener`: 0, or 1 and an error for `L_ffi_last_error` where there is no such
/// listener. When it returns, the listener is not running on another thread.
pub fn remove_event_listener<S: Library>(_: Found<S>, ctx: *mut c_void, id: u64) -> c_int {
    // Kept beyond the slot: whoever closes the context does not wait for a listener.
    let dispatcher = enter::<S>(ctx).map(|context| Arc::clone(context.dispatcher()));
    let removed =
        dispatcher.and_then(|dispatcher| if dispatcher.remove(id) { Ok(()) } else { Err(Refusal::NoListener(id)) });
    let Err(refusal) = removed else { return RET_OK };
    note::<S>("remove_event_listener", refusal);
    RET_ERR
}

/// `L_ffi_poll_fd`: the descriptor that is readable while something is ready, or -1 and an error for
/// `L_ffi_last_error`. From the first call on the context's replies and events wait for
/// [`dispatch`].
pub fn poll_fd<S: Library>(_: Found<S>, ctx: *mut c_void) -> c_int {
    let polled = enter::<S>(ctx).and_then(|context| context.dispatcher().poll_fd().map_err(Refusal::NoDescriptor));
    polled.unwrap_or_else(|refusal| {
        note::<S>("poll_fd", refusal);
        -1
    })
}

/// `L_ffi_dispatch`: runs up to `max` of the replies and events that are ready, on this thread; returns how many
/// ran, or -1 and an error for `L_ffi_last_error`.
pub fn dispatch<S: Library>(_: Found<S>, ctx: *mut c_void, max: usize) -> c_int {
    // The context's end waits for this; the slot is left before anything runs.
    let entered = enter::<S>(ctx).map(|context| (context.latch().begin_callback(), Arc::clone(context.dispatcher())));
    match entered {
        Ok((_in_flight, dispatcher)) => {
            c_int::try_from(dispatcher.dispatch(max.min(c_int::MAX as usize))).unwrap_or(c_int::MAX)
        }
        Err(refusal) => {
            note::<S>("dispatch", refusal);
            -1
        }
    }
}

/// Keeps a refusal for `L_ffi_last_error`.
fn note<S: Library>(function: &str, refusal: Refusal) {
    refusal::note::<S>(&refusal::own_name::<S>(function), refusal);
}
