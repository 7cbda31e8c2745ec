//! A host's callback with its `user_data`, and how it is called.

use crate::abi::{self, Callback, FfiCallback, RET_ERR};
use crate::failure::Failure;
use crate::value::pod::RawBytes;
use std::ffi::{c_int, c_void};

/// A host's `user_data`, compared and handed back, never followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct UserData(pub(crate) *mut c_void);

// SAFETY: nobody follows the pointer.
unsafe impl Send for UserData {}
// SAFETY: as above.
unsafe impl Sync for UserData {}

/// A host's callback, and what it is called with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HostCallback {
    callback: Callback,
    user_data: UserData,
}

impl HostCallback {
    /// A host's callback, or `None` where there is none.
    ///
    /// # Safety
    /// The callback must be sound to call, from any thread, with this `user_data`, whenever
    /// [`HostCallback::fire`] may be called.
    pub(crate) unsafe fn new(callback: FfiCallback, user_data: *mut c_void) -> Option<Self> {
        callback.map(|callback| Self { callback, user_data: UserData(user_data) })
    }

    /// What the callback is given besides its message.
    pub(crate) fn user_data(self) -> UserData {
        self.user_data
    }

    /// Calls the host. The message must be readable until this returns.
    ///
    /// # Safety
    /// The code must be one that the host may be given at this moment; of those that answer,
    /// it is given one.
    #[inline]
    pub(crate) unsafe fn fire(self, ret: c_int, message: RawBytes) {
        // SAFETY: [`HostCallback::new`] was promised a callback that is sound to call; the caller
        // promises the rest.
        unsafe { abi::invoke(self.callback, ret, message.ptr, message.len, self.user_data.0) };
    }

    /// Calls the host with an error.
    ///
    /// # Safety
    /// As for [`HostCallback::fire`].
    pub(crate) unsafe fn fail(self, failure: &Failure) {
        // SAFETY: the caller's promise.
        unsafe { self.fire(RET_ERR, RawBytes { ptr: failure.as_bytes().as_ptr(), len: failure.len() }) };
    }
}
