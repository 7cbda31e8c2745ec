//! The entry points of listeners.

use super::{Refusal, Refused, find};
use crate::abi::{FfiCallback, RET_ERR, RET_OK};
use crate::event;
use crate::hub::{Listener, Path};
use crate::library::{Library, set_last_error};
use crate::reply::Target;
use crate::slots::Handle;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::sync::Arc;

/// `L_add_event_listener`: adds a listener of the event, or with NULL or an empty name of all;
/// gives its number, or 0 and an error for `L_last_error`.
///
/// # Safety
/// `event` must be NULL or NUL-terminated; the callback must be sound to call from any thread
/// with `user_data`, as often as events fire, until it is removed or the context has ended.
pub unsafe fn add_event_listener<S: Library>(
    ctx: *mut c_void,
    event: *const c_char,
    callback: FfiCallback,
    user_data: *mut c_void,
) -> u64 {
    // SAFETY: the caller's promise.
    unsafe { add::<S>("add_event_listener", ctx, event, callback, user_data, Path::Native) }
}

/// `L_add_event_listener_cbor`: the same, for payloads as CBOR.
///
/// # Safety
/// As for [`add_event_listener`].
pub unsafe fn add_event_listener_cbor<S: Library>(
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
    let added = unsafe { Target::new(callback, user_data) }.ok_or(Refusal::NoCallback).and_then(|target| {
        let handle = Handle::from_raw(ctx.addr());
        find::<S>(handle)?;
        // SAFETY: the caller's promise.
        let event = unsafe { event_named::<S>(event) }?;
        let context = S::cell().slots().enter(handle).ok_or(Refusal::StaleHandle)?;
        context.listen(Listener::new(event, path, target)).map_err(|error| Refusal::NoThread("delivery", error))
    });
    added.unwrap_or_else(|refusal| {
        set_last_error::<S>(Refused(&format!("{}_{function}", S::NAME), refusal).to_string());
        0
    })
}

/// The library's event of this name; `None` is every event.
///
/// # Safety
/// `event` must be NULL or NUL-terminated.
unsafe fn event_named<S: Library>(event: *const c_char) -> Result<Option<&'static str>, Refusal> {
    if event.is_null() {
        return Ok(None);
    }
    // SAFETY: not NULL, so NUL-terminated as the caller promises.
    let name = unsafe { CStr::from_ptr(event) };
    let Ok(name) = name.to_str() else {
        return Err(Refusal::NoEvent(name.to_string_lossy().into_owned()));
    };
    if name.is_empty() {
        return Ok(None);
    }
    event::find(name, S::NAME, S::MODULE).map(Some).ok_or_else(|| Refusal::NoEvent(name.to_owned()))
}

/// `L_remove_event_listener`: 0, or 1 and an error for `L_last_error` where there is no such
/// listener. When it returns, the listener is not running on another thread.
pub fn remove_event_listener<S: Library>(ctx: *mut c_void, id: u64) -> c_int {
    let handle = Handle::from_raw(ctx.addr());
    let entered = find::<S>(handle).and_then(|()| S::cell().slots().enter(handle).ok_or(Refusal::StaleHandle));
    // Kept beyond the slot: whoever closes the context does not wait for a listener.
    let hub = entered.map(|context| Arc::clone(context.hub()));
    let removed = hub.and_then(|hub| if hub.remove(id) { Ok(()) } else { Err(Refusal::NoListener(id)) });
    let Err(refusal) = removed else { return RET_OK };
    set_last_error::<S>(Refused(&format!("{}_remove_event_listener", S::NAME), refusal).to_string());
    RET_ERR
}
