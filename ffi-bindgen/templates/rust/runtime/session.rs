//! A context, from its constructor's answer to its end.

use super::abi::{Callback, Handle, RET_OK};
use super::api::Api;
use super::call::{self, Call};
use super::listeners::Listeners;
use super::reentrancy;
use std::ffi::{c_char, c_int, c_void};
use std::fmt;
use std::sync::Arc;

/// A context that is open.
pub(crate) struct Session {
    api: Arc<Api>,
    handle: Handle,
    /// What the library may call until the context has ended.
    listeners: Arc<Listeners>,
    is_open: bool,
}

impl Session {
    pub(crate) fn new(api: &Arc<Api>, handle: Handle, listeners: Arc<Listeners>) -> Self {
        Self { api: Arc::clone(api), handle, listeners, is_open: true }
    }

    /// The same context again, for as long as its constructor's callback runs: dropping this ends nothing.
    pub(crate) fn lent(api: &Arc<Api>, handle: Handle, listeners: Arc<Listeners>) -> Self {
        Self { api: Arc::clone(api), handle, listeners, is_open: false }
    }

    pub(crate) fn api(&self) -> &Arc<Api> {
        &self.api
    }

    pub(crate) fn handle(&self) -> Handle {
        self.handle
    }

    pub(crate) fn listeners(&self) -> &Arc<Listeners> {
        &self.listeners
    }

    /// Ends the context without waiting; the answer is the context's last callback.
    pub(crate) fn close(mut self) -> Call<()> {
        self.begin_close()
    }

    /// Lets go of a context that has ended by itself.
    pub(crate) fn forget(mut self) {
        self.is_open = false;
    }

    fn begin_close(&mut self) -> Call<()> {
        self.is_open = false;
        let close = self.api.symbols.own.close;
        call::native::<(), call::Texts>(&self.api, "close", None, |callback, user_data| {
            let ending = Box::new(Ending { callback, user_data, listeners: Arc::clone(&self.listeners) });
            // SAFETY: the library checks the handle; `ended` takes the box back, and is called once.
            unsafe { close(self.handle.raw(), ended, Box::into_raw(ending).cast()) };
        })
    }

    /// Ends the context, and waits until nothing of it is called any more.
    fn destroy(&self) {
        // SAFETY: the library checks the handle.
        let ret = unsafe { (self.api.symbols.own.destroy)(self.handle.raw()) };
        if ret == RET_OK {
            self.listeners.clear();
        } else {
            // Something of the context blocks, and may still call them when it goes on.
            std::mem::forget(Arc::clone(&self.listeners));
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        match self.is_open {
            // Inside a callback nobody waits for the end, which may have to wait for that callback.
            true if reentrancy::is_inside() => drop(self.begin_close()),
            true => self.destroy(),
            false => {}
        }
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("handle", &self.handle).finish_non_exhaustive()
    }
}

/// What the last callback of a context finds.
struct Ending {
    callback: Callback,
    user_data: *mut c_void,
    listeners: Arc<Listeners>,
}

unsafe extern "C" fn ended(ret: c_int, msg: *const c_char, len: usize, user_data: *mut c_void) {
    // SAFETY: the box that `begin_close` gave away, given back once.
    let ending = unsafe { Box::from_raw(user_data.cast::<Ending>()) };
    // A listener's drop is the host's code; its panic has been told by the hook, and the answer follows.
    let _ = reentrancy::inside(|| ending.listeners.clear());
    // SAFETY: the call that waits for this answer, which comes once.
    unsafe { (ending.callback)(ret, msg, len, ending.user_data) };
}
