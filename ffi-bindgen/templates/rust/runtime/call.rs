//! One call, from its entry point to its answer.
//!
//! - The library answers every call once. What it answers into is shared by the future and the library, so
//!   that either may be done first.
//! - A value is copied out of the library's memory inside the callback.
//! - A call is cancelled by the address it answers at, which is its own as long as its future lives.

use super::abi::{Callback, Handle, RET_FAILURE, RET_OK, RET_STALE_WARN};
use super::api::Api;
use super::error::{Error, Fault};
use super::notice::Notice;
use super::reentrancy;
use super::wait;
use std::ffi::{c_char, c_int, c_void};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// Asks that a call be cancelled.
pub(crate) type Cancel = unsafe extern "C" fn(*mut c_void, *mut c_void) -> c_int;

/// A call that was made, and the future of its answer.
///
/// The call begins when the function is called, whether or not the future is polled. Dropping the future
/// cancels the call: one that waits does not begin, and one that runs ends early where its author allowed it.
#[must_use = "a call that is dropped is cancelled"]
pub struct Call<T> {
    pending: Arc<PendingCall<T>>,
    cancel: Option<(Cancel, Handle)>,
}

/// Where a call is answered.
pub(crate) struct PendingCall<T> {
    function: &'static str,
    api: Arc<Api>,
    state: Mutex<State<T>>,
}

enum State<T> {
    Waiting(Option<Waker>),
    Answered(Result<T, Error>),
    Taken,
}

/// How an answer of this type is read.
pub(crate) trait Answer: 'static {
    /// What the caller gets.
    type Given: Send + 'static;

    /// Reads the C form.
    ///
    /// # Safety
    /// The bytes are an answer of this type, as the library gives it to a callback.
    unsafe fn from_native(msg: *const u8, len: usize) -> Result<Self::Given, Fault>;

    /// Reads the CBOR.
    #[cfg(feature = "cbor")]
    fn from_wire(bytes: &[u8]) -> Result<Self::Given, Fault>;

    /// Reads the CBOR of this event, whose payload this is.
    #[cfg(feature = "cbor")]
    fn event_from_wire(event: &str, bytes: &[u8]) -> Result<Self::Given, Fault>;
}

/// How the failure of a function is read that says more than a text.
pub(crate) trait Fails: 'static {
    /// Reads the C form.
    ///
    /// # Safety
    /// The bytes are a failure of this type, as the library gives it to a callback.
    unsafe fn from_native(function: &'static str, msg: *const u8, len: usize) -> Error;

    /// Reads the CBOR.
    #[cfg(feature = "cbor")]
    fn from_wire(function: &'static str, bytes: &[u8]) -> Error;
}

/// A failure of some function: its text, and the error itself.
pub(crate) trait FailsWith: Answer<Given = Self> {
    /// What the caller gets.
    fn into_error(self) -> Error;
}

impl<F: FailsWith> Fails for F {
    unsafe fn from_native(function: &'static str, msg: *const u8, len: usize) -> Error {
        // SAFETY: the caller's promise.
        let failure = unsafe { <F as Answer>::from_native(msg, len) };
        failure.map_or_else(|fault| Error::Answer { function, fault }, F::into_error)
    }

    #[cfg(feature = "cbor")]
    fn from_wire(function: &'static str, bytes: &[u8]) -> Error {
        <F as Answer>::from_wire(bytes).map_or_else(|fault| Error::Answer { function, fault }, F::into_error)
    }
}

/// That a function fails with a text, if it fails.
pub(crate) struct Texts;

impl Fails for Texts {
    unsafe fn from_native(_: &'static str, _: *const u8, _: usize) -> Error {
        Error::newer()
    }

    #[cfg(feature = "cbor")]
    fn from_wire(_: &'static str, _: &[u8]) -> Error {
        Error::newer()
    }
}

/// Makes a call on the native path.
pub(crate) fn native<T: Answer, F: Fails>(
    api: &Arc<Api>,
    function: &'static str,
    cancel: Option<(Cancel, Handle)>,
    enter: impl FnOnce(Callback, *mut c_void),
) -> Call<T::Given> {
    Call::enter(api, function, cancel, |user_data| enter(answered_natively::<T, F>, user_data))
}

/// Makes a call on the CBOR path.
#[cfg(feature = "cbor")]
pub(crate) fn wire<T: Answer, F: Fails>(
    api: &Arc<Api>,
    function: &'static str,
    cancel: Option<(Cancel, Handle)>,
    enter: impl FnOnce(Callback, *mut c_void),
) -> Call<T::Given> {
    Call::enter(api, function, cancel, |user_data| enter(answered_on_the_wire::<T, F>, user_data))
}

impl<T> Call<T> {
    fn enter(
        api: &Arc<Api>,
        function: &'static str,
        cancel: Option<(Cancel, Handle)>,
        enter: impl FnOnce(*mut c_void),
    ) -> Self {
        let pending = PendingCall::new(api, function, State::Waiting(None));
        enter(Arc::into_raw(Arc::clone(&pending)).cast_mut().cast());
        Self { pending, cancel }
    }

    /// A call that was not made.
    pub(crate) fn refused(api: &Arc<Api>, function: &'static str, fault: Fault) -> Self {
        let refusal = State::Answered(Err(Error::Request { function, fault }));
        Self { pending: PendingCall::new(api, function, refusal), cancel: None }
    }

    /// Blocks the thread until the answer comes.
    ///
    /// # Errors
    /// Those of the call.
    pub fn wait(self) -> Result<T, Error> {
        wait::wait(self)
    }

    /// Blocks the thread until the answer comes, or for as long, and then cancels the call.
    ///
    /// # Errors
    /// [`Error::TimedOut`], and those of the call.
    pub fn wait_for(self, timeout: Duration) -> Result<T, Error> {
        wait::wait_for(self, timeout)?
    }
}

impl<T> Future for Call<T> {
    type Output = Result<T, Error>;

    /// # Panics
    /// After it was ready.
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.pending.lock();
        if let State::Waiting(waker) = &mut *state {
            match waker {
                Some(waker) => waker.clone_from(cx.waker()),
                None => *waker = Some(cx.waker().clone()),
            }
            return Poll::Pending;
        }
        match std::mem::replace(&mut *state, State::Taken) {
            State::Answered(answer) => Poll::Ready(answer),
            State::Waiting(_) | State::Taken => panic!("a call was polled after its answer"),
        }
    }
}

impl<T> Drop for Call<T> {
    fn drop(&mut self) {
        let Some((cancel, handle)) = self.cancel.filter(|_| matches!(*self.pending.lock(), State::Waiting(_))) else {
            return;
        };
        // SAFETY: the library checks the handle, and compares the address without reading there. The
        // pending call is ours, so nobody else's call has its address.
        unsafe { cancel(handle.raw(), Arc::as_ptr(&self.pending).cast_mut().cast()) };
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("function", &self.pending.function).finish_non_exhaustive()
    }
}

impl<T> PendingCall<T> {
    fn new(api: &Arc<Api>, function: &'static str, state: State<T>) -> Arc<Self> {
        Arc::new(Self { function, api: Arc::clone(api), state: Mutex::new(state) })
    }

    /// No code but this module's runs while the lock is held, so there is nothing to poison it.
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the answer and wakes whoever waits, outside the lock.
    fn answer(&self, answer: Result<T, Error>) {
        let waiting = std::mem::replace(&mut *self.lock(), State::Answered(answer));
        if let State::Waiting(Some(waker)) = waiting {
            waker.wake();
        }
    }
}

unsafe extern "C" fn answered_natively<T: Answer, F: Fails>(
    ret: c_int,
    msg: *const c_char,
    len: usize,
    user_data: *mut c_void,
) {
    // SAFETY: the library calls this as the callback of a call with this pending call and these types of answers.
    unsafe { answered::<T>(ret, msg.cast(), len, user_data, T::from_native, F::from_native) };
}

#[cfg(feature = "cbor")]
unsafe extern "C" fn answered_on_the_wire<T: Answer, F: Fails>(
    ret: c_int,
    msg: *const c_char,
    len: usize,
    user_data: *mut c_void,
) {
    // SAFETY: the library calls this as the callback of a call with this pending call; what comes are `len` bytes.
    unsafe { answered::<T>(ret, msg.cast(), len, user_data, from_wire::<T>, failed_on_the_wire::<F>) };
}

/// # Safety
/// There are `len` bytes at `msg`.
#[cfg(feature = "cbor")]
unsafe fn from_wire<T: Answer>(msg: *const u8, len: usize) -> Result<T::Given, Fault> {
    // SAFETY: the caller's promise.
    T::from_wire(unsafe { bytes(msg, len) })
}

/// # Safety
/// There are `len` bytes at `msg`.
#[cfg(feature = "cbor")]
unsafe fn failed_on_the_wire<F: Fails>(function: &'static str, msg: *const u8, len: usize) -> Error {
    // SAFETY: the caller's promise.
    F::from_wire(function, unsafe { bytes(msg, len) })
}

/// # Safety
/// `user_data` is a pending call that this answer, unless it is a warning, gives back; `msg` and `len` are what
/// `read` or `fail` takes, or an error.
unsafe fn answered<T: Answer>(
    ret: c_int,
    msg: *const u8,
    len: usize,
    user_data: *mut c_void,
    read: unsafe fn(*const u8, usize) -> Result<T::Given, Fault>,
    fail: unsafe fn(&'static str, *const u8, usize) -> Error,
) {
    let pending: *const PendingCall<T::Given> = user_data.cast_const().cast();
    let work = || {
        if ret == RET_STALE_WARN {
            // SAFETY: a warning comes before the answer, so the library still has its share of the pending call.
            let pending = unsafe { &*pending };
            // SAFETY: the caller's promise: a warning brings text.
            let elapsed = unsafe { text(msg, len) };
            pending.api.hook.tell(&stale(pending.function, &elapsed));
            return;
        }
        // SAFETY: the share that `enter` gave away, given back once, with the answer.
        let pending = unsafe { Arc::from_raw(pending) };
        let answer = if ret == RET_OK {
            // SAFETY: the caller's promise about `read`.
            unsafe { read(msg, len) }.map_err(|fault| Error::Answer { function: pending.function, fault })
        } else if ret == RET_FAILURE {
            // SAFETY: the caller's promise about `fail`.
            Err(unsafe { fail(pending.function, msg, len) })
        } else {
            // SAFETY: the caller's promise: an error is text, a NUL and a kind.
            Err(unsafe { Error::read(ret, msg, len) })
        };
        pending.answer(answer);
    };
    // What may panic is a waker, whose executor has to say so itself.
    let _ = reentrancy::inside(work);
}

fn stale(function: &'static str, milliseconds: &str) -> Notice {
    Notice::Stale { function, elapsed: Duration::from_millis(milliseconds.parse().unwrap_or_default()) }
}

/// # Safety
/// There are `len` bytes at `msg`, which stay while the result is used.
pub(crate) unsafe fn bytes<'a>(msg: *const u8, len: usize) -> &'a [u8] {
    if len == 0 {
        return &[];
    }
    // SAFETY: the caller's promise.
    unsafe { std::slice::from_raw_parts(msg, len) }
}

/// # Safety
/// There are `len` bytes at `msg`.
pub(crate) unsafe fn text(msg: *const u8, len: usize) -> String {
    // SAFETY: the caller's promise.
    String::from_utf8_lossy(unsafe { bytes(msg, len) }).into_owned()
}
