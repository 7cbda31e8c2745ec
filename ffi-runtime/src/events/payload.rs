//! The payload of an event that was fired, and the forms in which its listeners get it.

use super::listener::{Listener, Path};
use crate::abi::ErrorKind;
use crate::declare::{Answer, Event, EventsDropped, bounds};
use crate::error::Fault;
use crate::failure::Failure;
use crate::panic::{contain, trap};
use crate::schema::Text;
use crate::stack;
use crate::value::pod::{ByLength, NulTerminated, RawBytes, TextForm};
use crate::value::{cbor, pod};
use std::ffi::{CString, c_char, c_void};
use std::fmt;
use std::mem::MaybeUninit;

/// What a native listener of all events gets: `L_event` in C.
#[repr(C)]
struct NamedPayload {
    name: *const c_char,
    payload: *const c_void,
    len: usize,
}

/// An event that was fired.
pub(crate) struct Fired<E: Event>(pub(crate) E::Payload);

// SAFETY: the payload is an `Answer`, and may be sent as that promises.
unsafe impl<E: Event> Send for Fired<E> {}

/// The same, whatever it tells.
pub(crate) trait AnyEvent: Send {
    /// The name that listeners give.
    fn name(&self) -> &'static str;

    /// Calls the listeners, in the form that each wants.
    fn deliver(self: Box<Self>, recipients: &mut dyn Recipients);
}

/// The listeners that one event goes to.
pub(crate) trait Recipients {
    /// The form of text in their library.
    fn text(&self) -> Text;

    /// Calls those that hear the event with this name, or with `None` all: one after the other, in the order
    /// in which they were added. None is removed while it is called, but by itself.
    fn call_each(&mut self, event: Option<&str>, call: &mut dyn FnMut(&Listener));
}

impl fmt::Debug for dyn AnyEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl<E: Event> AnyEvent for Fired<E> {
    fn name(&self) -> &'static str {
        E::INFO.name
    }

    fn deliver(self: Box<Self>, recipients: &mut dyn Recipients) {
        let bound = const { bounds::of_answer::<E::Payload>() };
        match stack::check(bound) {
            Ok(()) => stack::apart(bound, || match E::INFO.text.unwrap_or_else(|| recipients.text()) {
                Text::ByLength => self.deliver_here::<ByLength>(recipients),
                Text::C => self.deliver_here::<NulTerminated>(recipients),
            }),
            Err(fault) => {
                let failure = Failure::result(E::INFO.name, &fault);
                recipients.call_each(Some(E::INFO.name), &mut |listener| listener.fail(&failure));
                discard(self);
            }
        }
    }
}

impl<E: Event> Fired<E> {
    /// As [`AnyEvent::deliver`], on a thread that has the stack for it, to listeners whose text has the form `F`.
    #[expect(clippy::boxed_local, reason = "the payload may be too large for the caller's frame")]
    fn deliver_here<F: TextForm>(self: Box<Self>, recipients: &mut dyn Recipients) {
        let mut place = MaybeUninit::uninit();
        let mut forms = Forms::<E, F>::of(self.0, &mut place);
        recipients.call_each(Some(E::INFO.name), &mut |listener| forms.tell(listener));
        forms.discard();
    }
}

/// Tells every listener of a gap, in whose event there is no text: those that do not hear the event by an error.
pub(crate) fn deliver_gap(count: u64, recipients: &mut dyn Recipients) {
    let mut place = MaybeUninit::uninit();
    let mut forms = Forms::<EventsDropped, ByLength>::of(EventsDropped { count }, &mut place);
    let name = EventsDropped::INFO.name;
    let lost = Failure::new(ErrorKind::Lost, format!("{name}: {count} events were dropped before this"));
    recipients.call_each(None, &mut |listener| {
        if listener.hears(name) {
            forms.tell(listener);
        } else {
            listener.fail(&lost);
        }
    });
    forms.discard();
}

/// Drops an event that nobody hears. Its payload is the author's, whose drop may panic.
pub(crate) fn discard(event: Box<dyn AnyEvent>) {
    let _ = contain(|| drop(event));
}

/// Where the native form of an event stands.
type PayloadPlace<E, F> = MaybeUninit<<<E as Event>::Payload as Answer>::Place<F>>;

/// An event's payload in the forms that its listeners want, each made when the first one does.
struct Forms<'a, E: Event, F: TextForm> {
    payload: E::Payload,
    /// Until the native form is made, which is in this place.
    place: Option<&'a mut PayloadPlace<E, F>>,
    sink: pod::Writer<F>,
    native: Option<Result<RawBytes, Failure>>,
    name: Option<CString>,
    cbor: Option<Result<Vec<u8>, Failure>>,
}

impl<'a, E: Event, F: TextForm> Forms<'a, E, F> {
    fn of(payload: E::Payload, place: &'a mut PayloadPlace<E, F>) -> Self {
        Self { payload, place: Some(place), sink: pod::Writer::default(), native: None, name: None, cbor: None }
    }

    /// Calls one listener.
    fn tell(&mut self, listener: &Listener) {
        match listener.path() {
            Path::Native => match self.native() {
                Ok(payload) if listener.hears_all() => self.tell_named(listener, payload),
                Ok(payload) => listener.tell(payload),
                Err(failure) => listener.fail(&failure),
            },
            Path::Cbor => match self.cbor() {
                Ok(bytes) => listener.tell(RawBytes { ptr: bytes.as_ptr(), len: bytes.len() }),
                Err(failure) => listener.fail(failure),
            },
        }
    }

    fn tell_named(&mut self, listener: &Listener, payload: RawBytes) {
        let name = self.name.get_or_insert_with(|| CString::new(E::INFO.name).unwrap_or_default());
        let named = NamedPayload { name: name.as_ptr(), payload: payload.ptr.cast(), len: payload.len };
        listener.tell(RawBytes { ptr: (&raw const named).cast(), len: size_of::<NamedPayload>() });
    }

    fn native(&mut self) -> Result<RawBytes, Failure> {
        if let Some(place) = self.place.take() {
            let Self { payload, sink, .. } = self;
            self.native = Some(made::<E, _>(|| payload.mirror(place, sink)));
        }
        self.native.clone().unwrap_or(Ok(RawBytes::EMPTY))
    }

    fn cbor(&mut self) -> &Result<Vec<u8>, Failure> {
        let Self { payload, cbor, .. } = self;
        cbor.get_or_insert_with(|| {
            made::<E, _>(|| {
                let mut bytes = Vec::new();
                let mut writer = cbor::Writer::new(&mut bytes);
                writer.map(2);
                writer.text("eventType");
                writer.text(E::INFO.name);
                writer.text("payload");
                payload.encode(&mut bytes)?;
                Ok(bytes)
            })
        })
    }

    /// Drops the payload, which is the author's value and may panic.
    fn discard(self) {
        let _ = contain(|| drop(self));
    }
}

/// A form, or why there is none.
fn made<E: Event, T>(make: impl FnOnce() -> Result<T, Fault>) -> Result<T, Failure> {
    match trap(make) {
        Ok(made) => made.map_err(|fault| Failure::result(E::INFO.name, &fault)),
        Err(panic) => Err(Failure::panicked(E::INFO.name, &panic)),
    }
}
