//! What both sides of the boundary agree on: return codes and the callback's type.

use crate::panic::aloud;
use std::ffi::{c_char, c_int, c_void};

/// The call succeeded; `msg` and `len` are its result.
pub const RET_OK: c_int = 0;
/// The call failed; `msg` and `len` are UTF-8 text saying why, never empty. A NUL follows that `len` does
/// not count, and after it a byte, the [`ErrorKind`].
pub const RET_ERR: c_int = 1;
/// Returned, never passed to a callback: the callback was NULL, so nothing was done.
pub const RET_MISSING_CALLBACK: c_int = 2;
/// The call is still pending; `msg` and `len` are the milliseconds since it was accepted, in
/// decimal. Only where the library opted in to such warnings. The answer is still to come.
pub const RET_STALE_WARN: c_int = 3;

/// Whose error it is: the byte behind the NUL of each error's text.
///
/// Numbers are never reused, and new ones may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The error that the library's function returned.
    Author = 1,
    /// The request cannot be read, or names what is not there.
    BadRequest = 2,
    /// The call was cancelled, or its context ended before it was answered.
    Cancelled = 3,
    /// The call's deadline passed.
    DeadlineExceeded = 4,
    /// The library's code panicked.
    Panicked = 5,
    /// An earlier panic may have left the context's state broken.
    Poisoned = 6,
    /// No live context: NULL, destroyed or never made.
    BadHandle = 7,
    /// The context is ending and cannot take the call, or its end is blocked.
    Closed = 8,
    /// The queue of calls is full.
    QueueFull = 9,
    /// The library has no function of this name.
    NotImplemented = 10,
    /// The process was forked, and the library is not usable in the child.
    AfterFork = 11,
    /// The system gave no thread, descriptor or memory, the thread has too little stack, or no handle is left.
    NoResources = 12,
    /// The context is still being constructed.
    Constructing = 13,
    /// The call waited for a constructor that failed; the text is the constructor's error.
    ConstructorFailed = 14,
    /// The result, or an event's payload, cannot cross.
    BadResult = 15,
    /// Events were dropped before this one.
    Lost = 17,
}

/// The call failed with an error that has fields or variants of its own: `msg` is an `L_failure_E`, `{ message; error; }`,
/// and on the wire a map with these keys. Only where the function says so.
pub const RET_FAILURE: c_int = 4;

/// The function a host is answered through.
///
/// It gets the return code, the result, the error's text or the error (`msg`, `len` bytes, valid until it
/// returns), and the `user_data` of the call. It must return: a C++ exception or a
/// `pthread_exit` that leaves it aborts the process.
pub type Callback = unsafe extern "C-unwind" fn(ret: c_int, msg: *const c_char, len: usize, user_data: *mut c_void);

/// The C type `FfiCallback`: a [`Callback`] that may be NULL.
pub type FfiCallback = Option<Callback>;

/// Calls `callback`, and aborts the process if it unwinds.
///
/// # Safety
/// `callback` must be sound to call with these arguments.
#[inline]
pub(crate) unsafe fn invoke(callback: Callback, ret: c_int, msg: *const u8, len: usize, user_data: *mut c_void) {
    let guard = AbortOnUnwind;
    // SAFETY: the caller vouches for the callback and its arguments.
    aloud(|| unsafe { callback(ret, msg.cast(), len, user_data) });
    std::mem::forget(guard);
}

/// Aborts when dropped, which happens only while a callback unwinds.
struct AbortOnUnwind;

impl Drop for AbortOnUnwind {
    fn drop(&mut self) {
        let rule = b"ffi: a callback must return: it may not throw, unwind or end its thread; aborting\n";
        // SAFETY: the buffer is live and as long as is said; a failed write changes nothing.
        let _ = unsafe { libc::write(2, rule.as_ptr().cast(), rule.len()) };
        std::process::abort();
    }
}
