//! The answer that every call is owed.
//!
//! - A [`Reply`] fires its callback exactly once: when it is answered, or else when it is
//!   dropped. Answering consumes it, so there is no second time.
//! - The foreign function runs outside every lock of the library.
//! - Error text is never empty and is followed by a NUL that its length does not count.

use crate::abi::{self, Callback, FfiCallback, RET_ERR, RET_OK};
use crate::types::RawBytes;
use std::ffi::{c_int, c_void};
use std::fmt;
use std::mem::ManuallyDrop;

/// What a request gets that was cancelled, or ended unanswered because its context went away.
pub(crate) const CANCELLED: &str = "cancelled";

/// What stands in for an error that has nothing to say.
const UNKNOWN: &str = "unknown error";

/// A host's `user_data`, compared and handed back, never followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct UserData(pub(crate) *mut c_void);

// SAFETY: nobody follows the pointer.
unsafe impl Send for UserData {}

/// One callback that has not fired yet.
#[derive(Debug)]
pub(crate) struct Reply {
    callback: Callback,
    user_data: *mut c_void,
}

// SAFETY: both fields are the host's and only handed back to it; that its callback may run on
// a library thread is the host's part of the contract.
unsafe impl Send for Reply {}

impl Reply {
    /// The reply of a call, or `None` where there is no callback to answer.
    ///
    /// # Safety
    /// The callback must be sound to call once, from any thread, with this `user_data`.
    pub(crate) unsafe fn new(callback: FfiCallback, user_data: *mut c_void) -> Option<Self> {
        callback.map(|callback| Self { callback, user_data })
    }

    /// What the callback will be given besides the answer.
    pub(crate) fn user_data(&self) -> UserData {
        UserData(self.user_data)
    }

    /// Answers with a result, which must be readable until this returns.
    pub(crate) fn succeed(self, result: RawBytes) {
        self.fire(RET_OK, result);
    }

    /// Answers with an error.
    pub(crate) fn fail(self, error: &dyn fmt::Display) {
        let mut text = error.to_string();
        if text.is_empty() {
            text.push_str(UNKNOWN);
        }
        let len = text.len();
        text.push('\0');
        self.fire(RET_ERR, RawBytes { ptr: text.as_ptr(), len });
    }

    fn fire(self, ret: c_int, message: RawBytes) {
        // Firing is what dropping would do.
        let reply = ManuallyDrop::new(self);
        // SAFETY: `Reply::new` was promised a callback that is sound to call once; `self` was
        // consumed and is not dropped, so this is the one time.
        unsafe { abi::invoke(reply.callback, ret, message.ptr, message.len, reply.user_data) };
    }
}

impl Drop for Reply {
    fn drop(&mut self) {
        let twin = Self { callback: self.callback, user_data: self.user_data };
        twin.fail(&CANCELLED);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::c_char;

    /// What a callback heard.
    #[derive(Debug, PartialEq)]
    struct Heard(c_int, Vec<u8>, u8);

    unsafe extern "C-unwind" fn record(ret: c_int, msg: *const c_char, len: usize, user_data: *mut c_void) {
        // SAFETY: the tests pass a vector as `user_data`.
        let heard = unsafe { &mut *user_data.cast::<Vec<Heard>>() };
        // SAFETY: a reply's message is readable, and so is the NUL behind an error.
        let bytes = unsafe { std::slice::from_raw_parts(msg.cast::<u8>(), len + 1) };
        heard.push(Heard(ret, bytes[..len].to_vec(), bytes[len]));
    }

    fn answered_by(answer: impl FnOnce(Reply)) -> Vec<Heard> {
        let mut heard: Vec<Heard> = Vec::new();
        // SAFETY: `record` may be called with the vector it expects.
        let reply = unsafe { Reply::new(Some(record), (&raw mut heard).cast()) };
        answer(reply.expect("a callback was given"));
        heard
    }

    #[test]
    fn a_reply_fires_once_whether_answered_or_dropped() {
        assert_eq!(answered_by(|reply| reply.succeed(RawBytes::EMPTY)), [Heard(RET_OK, vec![], 0)]);
        assert_eq!(answered_by(|reply| reply.fail(&"no")), [Heard(RET_ERR, b"no".to_vec(), 0)]);
        assert_eq!(answered_by(drop), [Heard(RET_ERR, b"cancelled".to_vec(), 0)]);
    }

    #[test]
    fn an_error_without_text_still_says_something() {
        assert_eq!(answered_by(|reply| reply.fail(&"")), [Heard(RET_ERR, b"unknown error".to_vec(), 0)]);
    }

    #[test]
    fn no_callback_makes_no_reply() {
        // SAFETY: nothing is called.
        assert!(unsafe { Reply::new(None, std::ptr::null_mut()) }.is_none());
    }
}
