//! The entry points of listeners, and of hosts that fetch what is due themselves.

use crate::abi::FfiCallback;
use crate::library::Library;
use std::ffi::{c_char, c_int, c_void};

/// `L_add_event_listener`.
///
/// # Safety
/// `event` must be NULL or NUL-terminated; the callback must be sound to call from any thread
/// with `user_data`, as often as events fire, until it was removed.
pub unsafe fn add_event_listener<S: Library>(
    _ctx: *mut c_void,
    _event: *const c_char,
    _callback: FfiCallback,
    _user_data: *mut c_void,
) -> u64 {
    0
}

/// `L_add_event_listener_cbor`.
///
/// # Safety
/// As for [`add_event_listener`].
pub unsafe fn add_event_listener_cbor<S: Library>(
    _ctx: *mut c_void,
    _event: *const c_char,
    _callback: FfiCallback,
    _user_data: *mut c_void,
) -> u64 {
    0
}

/// `L_remove_event_listener`.
pub fn remove_event_listener<S: Library>(_ctx: *mut c_void, _id: u64) -> c_int {
    1
}

/// `L_poll_fd`.
pub fn poll_fd<S: Library>(_ctx: *mut c_void) -> c_int {
    -1
}

/// `L_dispatch`.
pub fn dispatch<S: Library>(_ctx: *mut c_void, _max: usize) -> c_int {
    -1
}
