//! A context, and what runs in it.

use crate::runtime::call::Call;
use crate::runtime::error::Error;
use crate::runtime::events::Subscription;
use crate::runtime::session::Session;
use crate::runtime::stream::EventStream;
use crate::types;

/// A timer.
///
/// Dropping it ends it and waits for that: what was accepted is answered first, for up to 5000 ms. In
/// async code [`MyTimer::close`] it, which holds up nobody. Inside a callback, dropping it does not wait.
#[derive(Debug)]
pub struct MyTimer {
    session: Session,
}

impl MyTimer {
    pub(crate) fn new(session: Session) -> Self {
        Self { session }
    }

    /// Ends it, and answers once nothing of it is called any more: neither a call's answer nor a listener. What was
    /// accepted is answered first.
    ///
    /// The end begins here; dropping the future does not hold it back.
    pub fn close(self) -> Call<()> {
        self.session.close()
    }

    /// Echoes the message after a while.
    ///
    /// Answers in order.
    ///
    /// - `req`: what to echo
    pub fn echo(&self, req: &types::EchoRequest) -> Call<types::EchoResponse> {
        call! { self.my_timer_echo: "my_timer_echo"(
            req: &types::EchoRequest => "req",
        ) -> types::EchoResponse, crate::runtime::call::Texts }
    }

    /// Calls `my_timer_version`.
    pub fn version(&self) -> Call<String> {
        call! { self.my_timer_version: "my_timer_version"() -> String, crate::runtime::call::Texts }
    }

    /// Calls `my_timer_schedule`.
    pub fn schedule(&self, jobs: &[types::Job], at: Option<u64>) -> Call<i64> {
        call! { self.my_timer_schedule: "my_timer_schedule"(
            jobs: &[types::Job] => "jobs",
            at: Option<u64> => "at",
        ) -> i64, crate::runtime::call::Texts }
    }

    /// Calls `my_timer_reset`.
    pub fn reset(&self) -> Call<()> {
        call! { self.my_timer_reset: "my_timer_reset"() -> (), crate::runtime::call::Texts }
    }

    /// An echo was made.
    ///
    /// Before its answer.
    ///
    /// The listener is called at each firing, on a thread of the library, one event after the other.
    ///
    /// # Errors
    /// [`Error::Library`] where there cannot be a listener.
    pub fn on_echo_fired(
        &self,
        listener: impl FnMut(types::EchoEvent) + Send + 'static,
    ) -> Result<Subscription, Error> {
        listen! { self: types::EchoEvent = c"on_echo_fired", listener }
    }

    /// An echo was made.
    ///
    /// Before its answer.
    ///
    /// The events wait in a queue until they are taken.
    ///
    /// # Errors
    /// [`Error::Library`] where there cannot be a listener.
    pub fn echo_fired_stream(&self) -> Result<EventStream<types::EchoEvent>, Error> {
        stream! { self: types::EchoEvent = c"on_echo_fired", 65536 }
    }

    /// The event `on_tick`.
    ///
    /// The listener is called at each firing, on a thread of the library, one event after the other.
    ///
    /// # Errors
    /// [`Error::Library`] where there cannot be a listener.
    pub fn on_tick(&self, listener: impl FnMut(u64) + Send + 'static) -> Result<Subscription, Error> {
        listen! { self: u64 = c"on_tick", listener }
    }

    /// The event `on_tick`.
    ///
    /// The events wait in a queue until they are taken.
    ///
    /// # Errors
    /// [`Error::Library`] where there cannot be a listener.
    pub fn tick_stream(&self) -> Result<EventStream<u64>, Error> {
        stream! { self: u64 = c"on_tick", 65536 }
    }

    /// The event `on_note`.
    ///
    /// The listener is called at each firing, on a thread of the library, one event after the other.
    ///
    /// # Errors
    /// [`Error::Library`] where there cannot be a listener.
    pub fn on_note(&self, listener: impl FnMut(String) + Send + 'static) -> Result<Subscription, Error> {
        listen! { self: String = c"on_note", listener }
    }

    /// The event `on_note`.
    ///
    /// The events wait in a queue until they are taken.
    ///
    /// # Errors
    /// [`Error::Library`] where there cannot be a listener.
    pub fn note_stream(&self) -> Result<EventStream<String>, Error> {
        stream! { self: String = c"on_note", 65536 }
    }

    /// The event `on_idle`.
    ///
    /// The listener is called at each firing, on a thread of the library, one event after the other.
    ///
    /// # Errors
    /// [`Error::Library`] where there cannot be a listener.
    pub fn on_idle(&self, listener: impl FnMut() + Send + 'static) -> Result<Subscription, Error> {
        let mut listener = listener;
        listen! { self: () = c"on_idle", move |()| listener() }
    }

    /// The event `on_idle`.
    ///
    /// The events wait in a queue until they are taken.
    ///
    /// # Errors
    /// [`Error::Library`] where there cannot be a listener.
    pub fn idle_stream(&self) -> Result<EventStream<()>, Error> {
        stream! { self: () = c"on_idle", 65536 }
    }

    /// The event `events_dropped`.
    ///
    /// The listener is called at each firing, on a thread of the library, one event after the other.
    ///
    /// # Errors
    /// [`Error::Library`] where there cannot be a listener.
    pub fn on_events_dropped(
        &self,
        listener: impl FnMut(types::EventsDropped) + Send + 'static,
    ) -> Result<Subscription, Error> {
        listen! { self: types::EventsDropped = c"events_dropped", listener }
    }

    /// The event `events_dropped`.
    ///
    /// The events wait in a queue until they are taken.
    ///
    /// # Errors
    /// [`Error::Library`] where there cannot be a listener.
    pub fn events_dropped_stream(&self) -> Result<EventStream<types::EventsDropped>, Error> {
        stream! { self: types::EventsDropped = c"events_dropped", 65536 }
    }

    /// The event `not_responding`.
    ///
    /// The listener is called at each firing, on a thread of the library, one event after the other.
    ///
    /// # Errors
    /// [`Error::Library`] where there cannot be a listener.
    pub fn on_not_responding(
        &self,
        listener: impl FnMut(types::NotResponding) + Send + 'static,
    ) -> Result<Subscription, Error> {
        listen! { self: types::NotResponding = c"not_responding", listener }
    }

    /// The event `not_responding`.
    ///
    /// The events wait in a queue until they are taken.
    ///
    /// # Errors
    /// [`Error::Library`] where there cannot be a listener.
    pub fn not_responding_stream(&self) -> Result<EventStream<types::NotResponding>, Error> {
        stream! { self: types::NotResponding = c"not_responding", 65536 }
    }

    /// The event `responding`.
    ///
    /// The listener is called at each firing, on a thread of the library, one event after the other.
    ///
    /// # Errors
    /// [`Error::Library`] where there cannot be a listener.
    pub fn on_responding(
        &self,
        listener: impl FnMut(types::Responding) + Send + 'static,
    ) -> Result<Subscription, Error> {
        listen! { self: types::Responding = c"responding", listener }
    }

    /// The event `responding`.
    ///
    /// The events wait in a queue until they are taken.
    ///
    /// # Errors
    /// [`Error::Library`] where there cannot be a listener.
    pub fn responding_stream(&self) -> Result<EventStream<types::Responding>, Error> {
        stream! { self: types::Responding = c"responding", 65536 }
    }
}
