//! A host's callback with its `user_data`, and how it is called.

use crate::abi::{self, Callback, ErrorKind, FfiCallback, RET_ERR, RET_FAILURE};
use crate::declare::{AuthorError, Crossing, Typed};
use crate::failure::Failure;
use crate::panic::trap_until_answered;
use crate::value::pod::RawBytes;
use std::ffi::{c_int, c_void};
use std::fmt;

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

    /// Calls the host with an error that is a text.
    ///
    /// # Safety
    /// As for [`HostCallback::fire`].
    pub(crate) unsafe fn tell(self, failure: &Failure) {
        // SAFETY: the caller's promise.
        unsafe { self.fire(RET_ERR, RawBytes { ptr: failure.as_bytes().as_ptr(), len: failure.len() }) };
    }

    /// Calls the host with an error.
    ///
    /// # Safety
    /// As for [`HostCallback::fire`].
    pub(crate) unsafe fn fail(self, failed: Failed) {
        match failed {
            // SAFETY: the caller's promise.
            Failed::Told(failure) => unsafe { self.tell(&failure) },
            // SAFETY: the caller's promise.
            Failed::Typed(typed) => unsafe { self.fail_typed(*typed) },
        }
    }

    /// # Safety
    /// As for [`HostCallback::fire`].
    unsafe fn fail_typed(self, TypedFailure { function, crossing, typed }: TypedFailure) {
        let mut is_told = false;
        let outcome = trap_until_answered(|trap| {
            typed.deliver(crossing, &mut |message| {
                is_told = true;
                trap.answered();
                // SAFETY: the caller's promise; this is called once.
                unsafe { self.fire(RET_FAILURE, message) };
            })
        });
        if is_told {
            return;
        }
        let failure = match outcome {
            Ok(Err(fault)) => Failure::result(function, &fault),
            Err(panic) => Failure::panicked(function, &panic),
            Ok(Ok(())) => Failure::new(ErrorKind::BadResult, format!("{function}: its error was not sent")),
        };
        // SAFETY: the caller's promise; the host was told nothing.
        unsafe { self.tell(&failure) };
    }
}

/// What a call failed with.
#[derive(Debug)]
pub(crate) enum Failed {
    /// A text.
    Told(Failure),
    /// An author's error with its text.
    Typed(Box<TypedFailure>),
}

/// An author's error with its text, and how it crosses.
pub(crate) struct TypedFailure {
    function: &'static str,
    crossing: Crossing,
    typed: Typed,
}

impl Failed {
    /// What the function named failed with.
    pub(crate) fn author(function: &'static str, crossing: Crossing, error: AuthorError) -> Self {
        match error {
            AuthorError::Text(text) => Self::Told(Failure::author(text)),
            AuthorError::Typed(typed) => Self::Typed(Box::new(TypedFailure { function, crossing, typed })),
        }
    }
}

impl From<Failure> for Failed {
    fn from(failure: Failure) -> Self {
        Self::Told(failure)
    }
}

impl fmt::Debug for TypedFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TypedFailure").field("function", &self.function).finish_non_exhaustive()
    }
}
