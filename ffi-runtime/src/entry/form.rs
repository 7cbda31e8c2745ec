//! The three forms in which a request comes: C structs, CBOR in the host's memory, CBOR in Rust's.
//!
//! A form knows how its request is read on the calling thread, what of it can wait in a queue, and by
//! which [`Transport`] the result goes.

use crate::call::{Cbor, Decoded, Native, RequestBytes, Transport, decode_args};
use crate::declare::{Arguments, Library, bounds};
use crate::error::Fault;
use crate::value::pod::{self, TextForm};

/// A request for the parameters `A`, in one form.
pub(super) trait Form<A: Arguments>: Sized {
    /// What waits in the queue of a context.
    type Queued: Transport<A>;
    /// Arguments that were read on the calling thread.
    type Read: Transport<A>;
    /// The stack that [`Form::into_queued`] needs.
    const STACK: usize;

    /// Reads the arguments, within the limits of the library of `S`.
    ///
    /// # Errors
    /// A fault with the path to it.
    fn read<S: Library>(self) -> Result<A, Fault>;

    /// Marks arguments as read from this form, whose results go the same way.
    fn mark(args: A) -> Self::Read;

    /// Takes from the host's memory what is to wait in a queue, within the limits of the library of `S`.
    ///
    /// # Errors
    /// A fault with the path to it.
    fn into_queued<S: Library>(self) -> Result<Self::Queued, Fault>;
}

/// C structs, in which text has the form `F`.
pub(super) struct PodRequest<A: Arguments, F: TextForm>(*const A::Pod<F>);

impl<A: Arguments, F: TextForm> PodRequest<A, F> {
    /// # Safety
    /// Until the request was read, `pod` must be as [`Arguments::from_pod`] wants it.
    #[inline]
    pub(super) unsafe fn new(pod: *const A::Pod<F>) -> Self {
        Self(pod)
    }
}

impl<A: Arguments, F: TextForm> Form<A> for PodRequest<A, F> {
    type Queued = Native<A, F>;
    type Read = Native<A, F>;
    const STACK: usize = bounds::of_arguments::<A>();

    #[inline]
    fn read<S: Library>(self) -> Result<A, Fault> {
        let [request, memory] = [S::OPTIONS.request_limit, S::OPTIONS.memory_limit]
            .map(|limit| usize::try_from(limit).unwrap_or(usize::MAX));
        // SAFETY: `new` was promised such a `pod`.
        unsafe { A::from_pod(self.0, &mut pod::Reader::within(request, memory)) }
    }

    #[inline]
    fn mark(args: A) -> Native<A, F> {
        Native::new(args)
    }

    #[inline]
    fn into_queued<S: Library>(self) -> Result<Native<A, F>, Fault> {
        self.read::<S>().map(Native::new)
    }
}

/// CBOR in the host's memory.
pub(super) struct CborRequest {
    start: *const u8,
    len: usize,
}

impl CborRequest {
    /// # Safety
    /// Until the request was read, `start` must be NULL or have `len` readable bytes.
    #[inline]
    pub(super) unsafe fn new(start: *const u8, len: usize) -> Self {
        Self { start, len }
    }

    fn bytes(&self) -> Result<RequestBytes<'_>, Fault> {
        // SAFETY: `new` was promised such bytes.
        unsafe { RequestBytes::from_raw(self.start, self.len) }
    }
}

impl<A: Arguments> Form<A> for CborRequest {
    type Queued = Cbor;
    type Read = Decoded<A>;
    const STACK: usize = 0;

    fn read<S: Library>(self) -> Result<A, Fault> {
        Form::<A>::read::<S>(self.bytes()?)
    }

    fn mark(args: A) -> Decoded<A> {
        Decoded(args)
    }

    fn into_queued<S: Library>(self) -> Result<Cbor, Fault> {
        Form::<A>::into_queued::<S>(self.bytes()?)
    }
}

impl<A: Arguments> Form<A> for RequestBytes<'_> {
    type Queued = Cbor;
    type Read = Decoded<A>;
    const STACK: usize = 0;

    fn read<S: Library>(self) -> Result<A, Fault> {
        self.check_size(S::OPTIONS.request_limit)?;
        decode_args(self.as_slice(), S::OPTIONS.memory_limit)
    }

    fn mark(args: A) -> Decoded<A> {
        Decoded(args)
    }

    fn into_queued<S: Library>(self) -> Result<Cbor, Fault> {
        self.check_size(S::OPTIONS.request_limit)?;
        self.into_owned().map(Cbor)
    }
}
