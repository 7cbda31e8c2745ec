//! The call of a constructor.

use super::abi::Handle;
use super::answers::Created;
use super::api::Api;
use super::call::Call;
use super::error::{Error, Fault};
use super::session::Session;
use super::wait;
use crate::context::MyTimer;
use std::ffi::c_void;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// The future of a [`MyTimer`].
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
    pub(crate) fn new(api: &Arc<Api>, call: Call<Created>, made: *mut c_void) -> Self {
        Self { call, session: Handle::new(made).map(|handle| Session::new(api, handle)) }
    }

    /// A constructor that was not called.
    pub(crate) fn refused(api: &Arc<Api>, function: &'static str, fault: Fault) -> Self {
        Self { call: Call::refused(api, function, fault), session: None }
    }

    /// Blocks the thread until it is made.
    ///
    /// # Errors
    /// Those of the constructor.
    pub fn wait(self) -> Result<MyTimer, Error> {
        wait::wait(self)
    }

    /// Blocks the thread until it is made, or for as long.
    ///
    /// # Errors
    /// [`Error::TimedOut`], and those of the constructor.
    pub fn wait_for(self, timeout: Duration) -> Result<MyTimer, Error> {
        wait::wait_for(self, timeout)?
    }
}

impl Future for Creating {
    type Output = Result<MyTimer, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = ready!(Pin::new(&mut self.call).poll(cx));
        let session = self.session.take();
        Poll::Ready(match (answer, session) {
            (Ok(Created), Some(session)) => Ok(MyTimer::new(session)),
            (Ok(Created), None) => Err(Error::told("there is no context".to_owned())),
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
