//! Events, called back.
//!
//! - The library has a listener's address, and the context keeps the listener until the library has said that
//!   it does not call it any more: by removing it, or by the context's end.
//! - A listener that is removed does not run again, whatever the library still has in its queue.

use super::abi::{AddListener, Callback, Handle, RET_OK};
use super::api::{Api, Transport};
use super::call::Answer;
#[cfg(feature = "cbor")]
use super::call::bytes;
use super::error::{Error, ErrorKind, Fault};
use super::listeners::{Listeners, address};
use super::notice::Notice;
use super::reentrancy;
use super::session::Session;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// A listener that hears events until this is dropped, or the context ends.
///
/// Once it is dropped the listener does not run on another thread, and never runs again. From inside the
/// listener it can be dropped as well.
#[must_use = "a subscription that is dropped ends"]
pub struct Subscription {
    api: Arc<Api>,
    handle: Handle,
    id: u64,
    listeners: Arc<Listeners>,
    listener: Weak<dyn Silence>,
    is_kept: bool,
}

struct Listener<T> {
    event: &'static CStr,
    api: Arc<Api>,
    is_removed: AtomicBool,
    run: Mutex<Box<dyn FnMut(Heard<T>) + Send>>,
}

/// What a listener is told.
pub(crate) enum Heard<T> {
    Event(T),
    /// So many events were dropped before the next one.
    Gap(u64),
}

/// A listener, whatever it hears.
trait Silence: Send + Sync {
    /// Has it not run again.
    fn silence(&self);

    /// Waits until it does not run.
    fn wait(&self);
}

impl<T: Send> Silence for Listener<T> {
    fn silence(&self) {
        self.is_removed.store(true, Ordering::Release);
    }

    fn wait(&self) {
        drop(self.run.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Session {
    /// Has a listener called at each firing of an event. Gaps are a notice.
    pub(crate) fn listen<T: Answer>(
        &self,
        event: &'static CStr,
        mut run: impl FnMut(T::Given) + Send + 'static,
    ) -> Result<Subscription, Error> {
        let api = Arc::clone(self.api());
        self.hear::<T>(event, move |heard| match heard {
            Heard::Event(payload) => run(payload),
            Heard::Gap(count) => {
                let event = event.to_str().unwrap_or_default();
                api.hook.tell(&Notice::EventsDropped { event, count });
            }
        })
    }

    /// Has a listener called at each firing of an event, and at each gap.
    pub(crate) fn hear<T: Answer>(
        &self,
        event: &'static CStr,
        run: impl FnMut(Heard<T::Given>) + Send + 'static,
    ) -> Result<Subscription, Error> {
        let (api, listeners) = (Arc::clone(self.api()), Arc::clone(self.listeners()));
        let (is_removed, run) = (AtomicBool::new(false), Mutex::new(Box::new(run) as Box<_>));
        let listener = Arc::new(Listener::<T::Given> { event, api: Arc::clone(&api), is_removed, run });
        let user_data = Arc::as_ptr(&listener).cast_mut().cast();
        listeners.keep(Arc::clone(&listener) as Arc<_>);
        let (add, heard): (AddListener, Callback) = match api.transport {
            Transport::Native => (api.symbols.own.add_event_listener, heard_natively::<T>),
            #[cfg(feature = "cbor")]
            Transport::Cbor => (api.symbols.own.add_event_listener_cbor, heard_on_the_wire::<T>),
        };
        // SAFETY: the library checks the handle; the listener stays until it is removed.
        let id = unsafe { add(self.handle().raw(), event.as_ptr(), heard, user_data) };
        if id == 0 {
            listeners.remove(address(&listener));
            return Err(api.failure());
        }
        let listener = Arc::downgrade(&listener) as Weak<_>;
        Ok(Subscription { api, handle: self.handle(), id, listeners, listener, is_kept: false })
    }
}

impl Subscription {
    /// Has the listener hear events until the context ends.
    pub fn keep(mut self) {
        self.is_kept = true;
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let Some(listener) = self.listener.upgrade().filter(|_| !self.is_kept) else {
            return;
        };
        listener.silence();
        // SAFETY: the library checks the handle and the number.
        let ret = unsafe { (self.api.symbols.own.remove_event_listener)(self.handle.raw(), self.id) };
        if ret == RET_OK {
            self.listeners.remove(address(&listener));
        } else if !reentrancy::is_inside() {
            // The context is about to end, and the library keeps the listener until then.
            listener.wait();
        }
    }
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscription").field("id", &self.id).finish_non_exhaustive()
    }
}

impl<T> Listener<T> {
    /// Runs the listener, or says why the event does not reach it.
    fn hear(&self, heard: Result<Heard<T>, Error>) {
        let event = self.event.to_str().unwrap_or_default();
        match heard {
            Err(error) => self.api.hook.tell(&Notice::EventLost { event, error }),
            Ok(heard) => {
                if let Err(message) = reentrancy::inside(|| self.run(heard)) {
                    self.api.hook.tell(&Notice::ListenerPanicked { event, message });
                }
            }
        }
    }

    fn run(&self, heard: Heard<T>) {
        let mut run = self.run.lock().unwrap_or_else(PoisonError::into_inner);
        // Looked at under the lock, which whoever removed the listener may have waited for.
        if !self.is_removed.load(Ordering::Acquire) {
            run(heard);
        }
    }
}

unsafe extern "C" fn heard_natively<T: Answer>(ret: c_int, msg: *const c_char, len: usize, user_data: *mut c_void) {
    // SAFETY: the library calls this with this listener and this type of payload.
    unsafe { heard::<T>(ret, msg.cast(), len, user_data, from_native::<T>) };
}

#[cfg(feature = "cbor")]
unsafe extern "C" fn heard_on_the_wire<T: Answer>(ret: c_int, msg: *const c_char, len: usize, user_data: *mut c_void) {
    // SAFETY: the library calls this with this listener; what comes are `len` bytes.
    unsafe { heard::<T>(ret, msg.cast(), len, user_data, from_wire::<T>) };
}

/// How an event of this name is read.
type Read<T> = unsafe fn(&str, *const u8, usize) -> Result<T, Fault>;

/// # Safety
/// The library gave this as the payload of a native event of this type.
unsafe fn from_native<T: Answer>(_: &str, msg: *const u8, len: usize) -> Result<T::Given, Fault> {
    // SAFETY: the caller's promise.
    unsafe { T::from_native(msg, len) }
}

/// # Safety
/// There are `len` bytes at `msg`.
#[cfg(feature = "cbor")]
unsafe fn from_wire<T: Answer>(event: &str, msg: *const u8, len: usize) -> Result<T::Given, Fault> {
    // SAFETY: the caller's promise.
    T::event_from_wire(event, unsafe { bytes(msg, len) })
}

/// # Safety
/// `user_data` is a listener that is kept; `msg` and `len` are what `read` takes, or an error.
unsafe fn heard<T: Answer>(ret: c_int, msg: *const u8, len: usize, user_data: *mut c_void, read: Read<T::Given>) {
    let listener: *const Listener<T::Given> = user_data.cast_const().cast();
    // A share of our own: the listener may end its subscription, and must not be dropped under its own feet.
    // SAFETY: the listener is kept until the library does not call it any more.
    unsafe { Arc::increment_strong_count(listener) };
    // SAFETY: the share that was just made.
    let listener = unsafe { Arc::from_raw(listener) };
    let heard = if ret == RET_OK {
        let function = listener.event.to_str().unwrap_or_default();
        // SAFETY: the caller's promise about `read`.
        unsafe { read(function, msg, len) }.map(Heard::Event).map_err(|fault| Error::Answer { function, fault })
    } else {
        // SAFETY: the caller's promise: an error is text, a NUL and a kind.
        let error = unsafe { Error::read(ret, msg, len) };
        gap(&error).map(Heard::Gap).ok_or(error)
    };
    // What may panic is the drop of a listener that ended itself.
    let _ = reentrancy::inside(move || listener.hear(heard));
}

/// How many events were dropped, where that is what an error says.
fn gap(error: &Error) -> Option<u64> {
    let Error::Library { kind: ErrorKind::Lost, text } = error else { return None };
    text.strip_prefix("events_dropped: ")?.strip_suffix(" events were dropped before this")?.parse().ok()
}
