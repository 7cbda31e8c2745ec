//! The call of a constructor.

use super::abi::{Callback, Handle, RET_OK, RET_STALE_WARN};
use super::answers::Created;
use super::api::{Api, Transport};
use super::call::{Call, bytes};
use super::error::{Error, Fault};
use super::listeners::Listeners;
use super::notice::Notice;
use super::reentrancy;
use super::session::Session;
use super::wait;
#[cfg(feature = "cbor")]
use super::wire::{self, Decode};
use crate::context;
use std::ffi::{c_char, c_int, c_void};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// The future of a [`MyTimer`](context::MyTimer).
///
/// It begins when the constructor is called. Dropping the future ends what was made so far, without waiting.
#[must_use = "what is made is ended again when this is dropped"]
#[derive(Debug)]
pub struct Creating {
    call: Call<Created>,
    /// None where the constructor was refused, or its answer was taken.
    session: Option<Session>,
}

impl Creating {
    pub(crate) fn new(api: &Arc<Api>, call: Call<Created>, made: *mut c_void, listeners: Arc<Listeners>) -> Self {
        Self { call, session: Handle::new(made).map(|handle| Session::new(api, handle, listeners)) }
    }

    /// A constructor that was not called.
    pub(crate) fn refused(api: &Arc<Api>, function: &'static str, fault: Fault) -> Self {
        Self { call: Call::refused(api, function, fault), session: None }
    }

    /// Blocks the thread until it is made.
    ///
    /// # Errors
    /// Those of the constructor.
    pub fn wait(self) -> Result<context::MyTimer, Error> {
        wait::wait(self)
    }

    /// Blocks the thread until it is made, or for as long.
    ///
    /// # Errors
    /// [`Error::TimedOut`], and those of the constructor.
    pub fn wait_for(self, timeout: Duration) -> Result<context::MyTimer, Error> {
        wait::wait_for(self, timeout)?
    }
}

impl Future for Creating {
    type Output = Result<context::MyTimer, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = ready!(Pin::new(&mut self.call).poll(cx));
        let session = self.session.take();
        Poll::Ready(match (answer, session) {
            (Ok(Created), Some(session)) => Ok(context::MyTimer::new(session)),
            (Ok(Created), None) => {
                let fault = Fault::new("it says that there is no context");
                Err(Error::Answer { function: "my_timer_create", fault })
            }
            (Err(error), session) => {
                // It took itself down.
                session.into_iter().for_each(Session::forget);
                Err(error)
            }
        })
    }
}

impl Drop for Creating {
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            drop(session.close());
        }
    }
}

/// What is called with a new context before any event of it is delivered.
pub(crate) type Listen = dyn Fn(&context::MyTimer) + Send + Sync;

/// The answer of a constructor, of which somebody is to hear before who called it.
pub(crate) struct Opening {
    api: Arc<Api>,
    function: &'static str,
    listeners: Arc<Listeners>,
    listen: Option<Arc<Listen>>,
    answer: Option<(Callback, *mut c_void)>,
}

impl Opening {
    pub(crate) fn new(
        api: &Arc<Api>,
        function: &'static str,
        listeners: &Arc<Listeners>,
        listen: &Option<Arc<Listen>>,
    ) -> Self {
        let (api, listeners) = (Arc::clone(api), Arc::clone(listeners));
        Self { api, function, listeners, listen: listen.clone(), answer: None }
    }

    /// The callback that the constructor is to answer, which then answers the one that is given.
    pub(crate) fn answered_by(self, callback: Callback, user_data: *mut c_void) -> (Callback, *mut c_void) {
        if self.listen.is_none() {
            return (callback, user_data);
        }
        let opening = Self { answer: Some((callback, user_data)), ..self };
        (opened, Box::into_raw(Box::new(opening)).cast())
    }

    /// Lets listeners be added. The library holds back all events until the answer's callback returns.
    fn open(&self, answer: &[u8]) {
        let Some((handle, listen)) = self.handle(answer).zip(self.listen.as_ref()) else { return };
        let made = context::MyTimer::new(Session::lent(&self.api, handle, Arc::clone(&self.listeners)));
        if let Err(message) = reentrancy::inside(|| listen(&made)) {
            self.api.hook.tell(&Notice::ListenerPanicked { event: self.function, message });
        }
    }

    fn handle(&self, answer: &[u8]) -> Option<Handle> {
        match self.api.transport {
            Transport::Native => Handle::told(answer),
            #[cfg(feature = "cbor")]
            Transport::Cbor => Handle::told(wire::read(answer, String::decode).ok()?.as_bytes()),
        }
    }
}

unsafe extern "C" fn opened(ret: c_int, msg: *const c_char, len: usize, user_data: *mut c_void) {
    let opening: *mut Opening = user_data.cast();
    // SAFETY: a warning comes before the answer, which takes the box back.
    let answer = unsafe { (*opening).answer };
    if ret != RET_STALE_WARN {
        // SAFETY: the box that `answered_by` gave away, given back once, with the answer.
        let opening = unsafe { Box::from_raw(opening) };
        if ret == RET_OK {
            // SAFETY: there are `len` bytes at `msg`.
            opening.open(unsafe { bytes(msg.cast(), len) });
        }
        // What it holds is the host's, whose drop may panic.
        let _ = reentrancy::inside(move || drop(opening));
    }
    if let Some((callback, user_data)) = answer {
        // SAFETY: the call that waits for this answer, which comes once, after its warnings.
        unsafe { callback(ret, msg, len, user_data) };
    }
}
