//! Calls functions by their names: `L_ffi_call_cbor`, and [`call_bytes`] for hosts in Rust.

use super::lookup::find;
use super::refusal::{Refusal, missing_callback, refuse};
use crate::abi::FfiCallback;
use crate::call::{Reply, RequestBytes};
use crate::context::Handle;
use crate::declare::{Found, Library};
use crate::error::Fault;
use crate::registry::{CallOwned, Hosted};
use std::ffi::{CStr, c_char, c_int, c_void};

/// `L_ffi_call_cbor`: calls a function by its name.
///
/// # Safety
/// As for [`Callee::call_cbor`](super::Callee::call_cbor); `function` must be NULL or NUL-terminated.
pub unsafe fn call_cbor<S: Library>(
    _: Found<S>,
    ctx: *mut c_void,
    function: *const c_char,
    callback: FfiCallback,
    user_data: *mut c_void,
    request: *const u8,
    len: usize,
) -> c_int {
    let name = if function.is_null() {
        c""
    } else {
        // SAFETY: not NULL, so NUL-terminated as the caller promises.
        unsafe { CStr::from_ptr(function) }
    };
    let name = name.to_string_lossy();
    // SAFETY: the caller's promise about the bytes.
    let bytes = unsafe { RequestBytes::from_raw(request, len) };
    // SAFETY: the caller's promise about the callback.
    unsafe { call_by_name::<S>(ctx, &name, callback, user_data, bytes) }
}

/// Calls a function by its name with a CBOR request, as `L_ffi_call_cbor` does, for hosts in Rust
/// that link the library (a server that answers other processes, say). Bytes that are handed
/// over as [`RequestBytes::Owned`] are not copied.
///
/// Returns what `L_ffi_call_cbor` returns: 0 where the call was accepted and the callback fires on
/// a thread of the library, else not 0, and the callback has fired on this thread (except 2,
/// where the callback is NULL).
///
/// # Safety
/// The callback must be sound to call once, from any thread, with `user_data`.
pub unsafe fn call_bytes<S: Library>(
    ctx: *mut c_void,
    function: &str,
    callback: FfiCallback,
    user_data: *mut c_void,
    request: RequestBytes<'_>,
) -> c_int {
    // SAFETY: the caller's promise about the callback.
    unsafe { call_by_name::<S>(ctx, function, callback, user_data, Ok(request)) }
}

/// # Safety
/// As for [`call_bytes`].
unsafe fn call_by_name<S: Library>(
    ctx: *mut c_void,
    function: &str,
    callback: FfiCallback,
    user_data: *mut c_void,
    request: Result<RequestBytes<'_>, Fault>,
) -> c_int {
    let refusal = match (named::<S>(ctx, function), request) {
        // SAFETY: the caller's promise about the callback.
        (Ok(call), Ok(bytes)) => return unsafe { call(ctx, callback, user_data, bytes) },
        (Ok(_), Err(fault)) => Refusal::Request(fault),
        (Err(refusal), _) => refusal,
    };
    // SAFETY: the caller's promise about the callback, which nobody else was given.
    match unsafe { Reply::new(callback, user_data) } {
        Some(reply) => refuse(function, reply, refusal),
        None => missing_callback::<S>(function),
    }
}

/// Finds a function by its name, for a call with this handle.
fn named<S: Library>(ctx: *mut c_void, function: &str) -> Result<CallOwned, Refusal> {
    S::cell().contexts().process_guard().check()?;
    let named = S::cell().by_name(function);
    if named.is_none_or(|named| named.needs_context) {
        find::<S>(Handle::from_raw(ctx.addr()))?;
    }
    named.map(|named| named.call).ok_or_else(|| Refusal::NotImplemented(function.to_owned()))
}
