//! The reply of a call: the right and the duty to answer it, once.
//!
//! - A [`Reply`] fires its callback exactly once: when it is answered, or else when it is
//!   dropped. Answering consumes it, so there is no second time.
//! - The foreign function runs outside every lock of the library.
//! - Error text is never empty and is followed by a NUL that its length does not count, and the error's kind.

use super::outbox;
use super::pending::Pending;
use crate::abi::{FfiCallback, RET_OK};
use crate::callback::{Failed, HostCallback, UserData};
use crate::failure::Failure;
use crate::sync::Arc;
use crate::value::pod::RawBytes;
use std::ffi::c_void;
use std::mem::ManuallyDrop;

/// One call that was not answered through this.
#[derive(Debug)]
pub(crate) struct Reply(Way);

/// How an answer reaches the host.
#[derive(Debug)]
enum Way {
    /// Nobody else can answer.
    Direct(HostCallback),
    /// The call's deadline may answer as well, and the host may be warned meanwhile.
    Tracked(Arc<Pending>),
}

impl Reply {
    /// The reply of a call, or `None` where there is no callback to answer.
    ///
    /// # Safety
    /// The callback must be sound to call, from any thread, with this `user_data`: once with an
    /// answer, and before that with warnings where the library gives them.
    pub(crate) unsafe fn new(callback: FfiCallback, user_data: *mut c_void) -> Option<Self> {
        // SAFETY: the caller's promise.
        unsafe { HostCallback::new(callback, user_data) }.map(Self::to)
    }

    /// The reply of a call that has none yet.
    pub(crate) fn to(target: HostCallback) -> Self {
        Self(Way::Direct(target))
    }

    /// What the callback will be given besides the answer.
    pub(crate) fn user_data(&self) -> UserData {
        match &self.0 {
            Way::Direct(target) => target.user_data(),
            Way::Tracked(pending) => pending.user_data(),
        }
    }

    /// Lets others answer too, or warn; `begin` tells them of the call.
    pub(crate) fn track(&mut self, begin: impl FnOnce(HostCallback) -> Arc<Pending>) {
        if let Way::Direct(target) = self.0 {
            self.0 = Way::Tracked(begin(target));
        }
    }

    /// The call as those know it who may answer too.
    pub(crate) fn pending(&self) -> Option<&Arc<Pending>> {
        match &self.0 {
            Way::Direct(_) => None,
            Way::Tracked(pending) => Some(pending),
        }
    }

    /// Whether somebody else has answered, or the deadline has passed.
    #[inline]
    pub(crate) fn is_over(&self) -> bool {
        self.pending().is_some_and(|pending| pending.is_over())
    }

    /// Answers with a result, which must be readable until this returns.
    #[inline]
    pub(crate) fn succeed(self, result: RawBytes) {
        match self.into_way() {
            // SAFETY: `self` was consumed and is not dropped, so this is the one answer.
            Way::Direct(target) => unsafe { target.fire(RET_OK, result) },
            Way::Tracked(pending) => pending.succeed(result),
        }
    }

    /// Answers with an error. Whether the host is told it: somebody else may have answered.
    pub(crate) fn fail(self, failed: impl Into<Failed>) -> bool {
        // SAFETY: `self` is consumed and not dropped, so this is the one answer.
        unsafe { self.into_way().fail(failed.into()) }
    }

    #[inline]
    fn into_way(self) -> Way {
        let reply = ManuallyDrop::new(self);
        // SAFETY: `reply` is neither dropped nor used again.
        unsafe { std::ptr::read(&raw const reply.0) }
    }
}

impl Way {
    /// Whether the host is told.
    ///
    /// # Safety
    /// The host may be given one answer.
    unsafe fn fail(&self, failed: Failed) -> bool {
        match self {
            &Self::Direct(target) => {
                // SAFETY: the caller's promise.
                outbox::fire(None, move || unsafe { target.fail(failed) });
                true
            }
            Self::Tracked(pending) => pending.fail(failed),
        }
    }
}

impl Drop for Reply {
    fn drop(&mut self) {
        // SAFETY: a reply that has answered is not dropped.
        unsafe { self.0.fail(Failure::cancelled().into()) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::abi::{ErrorKind, RET_ERR};
    use std::ffi::{c_char, c_int};

    /// What a callback heard: the code, the message, and of an error the two bytes behind it.
    #[derive(Debug, PartialEq)]
    struct Heard(c_int, Vec<u8>, Vec<u8>);

    unsafe extern "C-unwind" fn record(ret: c_int, msg: *const c_char, len: usize, user_data: *mut c_void) {
        // SAFETY: the tests pass a vector as `user_data`.
        let heard = unsafe { &mut *user_data.cast::<Vec<Heard>>() };
        let behind = if ret == RET_ERR { 2 } else { 0 };
        // SAFETY: a reply's message is readable, and so are the NUL behind an error and its kind.
        let bytes = unsafe { std::slice::from_raw_parts(msg.cast::<u8>(), len + behind) };
        heard.push(Heard(ret, bytes[..len].to_vec(), bytes[len..].to_vec()));
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
        let failed = |text: &str, kind| Heard(RET_ERR, text.into(), vec![0, kind as u8]);
        let no = || Failure::author("no".to_owned());
        assert_eq!(answered_by(|reply| reply.succeed(RawBytes::EMPTY)), [Heard(RET_OK, vec![], vec![])]);
        assert_eq!(answered_by(|reply| assert!(reply.fail(no()))), [failed("no", ErrorKind::Author)]);
        assert_eq!(answered_by(drop), [failed("cancelled", ErrorKind::Cancelled)]);
    }

    #[test]
    fn no_callback_makes_no_reply() {
        // SAFETY: nothing is called.
        assert!(unsafe { Reply::new(None, std::ptr::null_mut()) }.is_none());
    }
}
