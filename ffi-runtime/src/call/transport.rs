//! The transports of a call: its arguments come in and its result goes out as C structs or as CBOR.

use super::reply::Reply;
use crate::declare::{Answer, Arguments, Crossing, bounds};
use crate::error::{Fault, FaultKind};
use crate::failure::Failure;
use crate::memory::reserve;
use crate::panic::{Panic, Trap, trap};
use crate::stack;
use crate::value::pod::{RawBytes, TextForm};
use crate::value::{cbor, pod};
use std::cell::Cell;
use std::marker::PhantomData;
use std::mem::MaybeUninit;

/// A way of input `A` in and of a result out.
pub(crate) trait Transport<A>: Send + 'static {
    /// How results go out.
    const CROSSING: Crossing;

    /// The arguments, on the worker. Does not panic.
    fn into_args(self, memory_limit: u64) -> Result<A, Unread>;

    /// Hands the value to `succeed` as it crosses, and drops it.
    ///
    /// # Errors
    /// The fault that keeps it from crossing; `succeed` was not called.
    fn deliver<V: Answer>(value: V, succeed: impl FnOnce(RawBytes)) -> Result<(), Fault>;

    /// Answers with the value, or with the fault that keeps it from crossing, and drops it. The reply is left
    /// where this panics before that.
    #[inline]
    fn answer<V: Answer>(reply: &mut Option<Reply>, trap: &Trap<'_>, function: &'static str, value: V) {
        let bound = const { bounds::of_answer::<V>() };
        match stack::check(bound) {
            Ok(()) => stack::apart(bound, || Self::answer_here(reply, trap, function, value)),
            Err(fault) => {
                trap.answered();
                fail(reply.take(), function, &fault);
            }
        }
    }

    /// As [`Transport::answer`], on a thread that has the stack for it.
    #[inline]
    fn answer_here<V: Answer>(reply: &mut Option<Reply>, trap: &Trap<'_>, function: &'static str, value: V) {
        let succeed = |result| {
            if let Some(reply) = reply.take() {
                trap.answered();
                reply.succeed(result);
            }
        };
        if let Err(fault) = Self::deliver(value, succeed) {
            trap.answered();
            fail(reply.take(), function, &fault);
        }
    }
}

#[cold]
fn fail(reply: Option<Reply>, function: &str, fault: &Fault) {
    if let Some(reply) = reply {
        reply.fail(Failure::result(function, fault));
    }
}

/// Why there are no arguments.
pub(crate) enum Unread {
    Fault(Fault),
    Panicked(Panic),
}

/// Arguments that were copied from C memory on the caller's thread, where text has the form `F`.
pub(crate) struct Native<A, F>(A, PhantomData<fn() -> F>);

impl<A, F> Native<A, F> {
    #[inline]
    pub(crate) const fn new(args: A) -> Self {
        Self(args, PhantomData)
    }
}

/// Bytes, decoded on the worker.
pub(crate) struct Cbor(pub(crate) Vec<u8>);

/// Arguments that were decoded on the caller's thread.
pub(crate) struct Decoded<A>(pub(crate) A);

impl<A: Arguments, F: TextForm> Transport<A> for Native<A, F> {
    const CROSSING: Crossing = Crossing::Native(F::TEXT);

    #[inline]
    fn into_args(self, _memory_limit: u64) -> Result<A, Unread> {
        Ok(self.0)
    }

    #[inline]
    fn deliver<V: Answer>(mut value: V, succeed: impl FnOnce(RawBytes)) -> Result<(), Fault> {
        // The value, the place and the sink own what the host reads; all three live until the
        // callback has returned.
        let mut place = MaybeUninit::uninit();
        let mut sink = pod::Writer::<F>::default();
        succeed(value.mirror(&mut place, &mut sink)?);
        Ok(())
    }
}

impl<A: Arguments> Transport<A> for Cbor {
    const CROSSING: Crossing = Crossing::Cbor;

    fn into_args(self, memory_limit: u64) -> Result<A, Unread> {
        let read = trap(|| decode_args(&self.0, memory_limit));
        read.map_err(Unread::Panicked)?.map_err(Unread::Fault)
    }

    fn deliver<V: Answer>(value: V, succeed: impl FnOnce(RawBytes)) -> Result<(), Fault> {
        with_scratch(|buffer| {
            value.encode(buffer)?;
            succeed(RawBytes { ptr: buffer.as_ptr(), len: buffer.len() });
            Ok(())
        })
    }
}

impl<A: Arguments> Transport<A> for Decoded<A> {
    const CROSSING: Crossing = Crossing::Cbor;

    fn into_args(self, _memory_limit: u64) -> Result<A, Unread> {
        Ok(self.0)
    }

    fn deliver<V: Answer>(value: V, succeed: impl FnOnce(RawBytes)) -> Result<(), Fault> {
        <Cbor as Transport<A>>::deliver(value, succeed)
    }
}

/// Decodes the request map of one function.
pub(crate) fn decode_args<A: Arguments>(bytes: &[u8], memory_limit: u64) -> Result<A, Fault> {
    A::decode(&mut cbor::Reader::new(bytes, usize::try_from(memory_limit).unwrap_or(usize::MAX)))
}

/// What a buffer may keep between two results.
const SCRATCH_KEPT: usize = 64 * 1024;

thread_local! {
    static SCRATCH: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Runs `work` with an empty buffer that keeps its memory from one result to the next. A
/// nested call, from inside a callback, gets a fresh one.
fn with_scratch<R>(work: impl FnOnce(&mut Vec<u8>) -> R) -> R {
    // A thread past its thread-locals gets a fresh one as well.
    let mut buffer = SCRATCH.try_with(Cell::take).unwrap_or_default();
    let result = work(&mut buffer);
    if buffer.capacity() <= SCRATCH_KEPT {
        buffer.clear();
        let _ = SCRATCH.try_with(|scratch| scratch.set(buffer));
    }
    result
}

/// The bytes of a CBOR request.
#[derive(Debug)]
pub enum RequestBytes<'a> {
    /// The host's, copied before the call returns.
    Borrowed(&'a [u8]),
    /// The library's, adopted without a copy and freed with the request.
    Owned(Vec<u8>),
}

impl RequestBytes<'_> {
    /// Bytes as C passes them.
    ///
    /// # Errors
    /// NULL with a length above zero, or a length that no buffer has.
    ///
    /// # Safety
    /// `ptr` must be NULL or have `len` readable bytes until the request was submitted.
    pub(crate) unsafe fn from_raw(ptr: *const u8, len: usize) -> Result<Self, Fault> {
        if len == 0 {
            return Ok(RequestBytes::Borrowed(&[]));
        }
        if ptr.is_null() {
            return Err(FaultKind::NullArray { len }.into());
        }
        if isize::try_from(len).is_err() {
            return Err(FaultKind::LengthOverflow { len }.into());
        }
        // SAFETY: not NULL, no overflow, and readable as the caller promises.
        Ok(RequestBytes::Borrowed(unsafe { std::slice::from_raw_parts(ptr, len) }))
    }

    /// The bytes themselves.
    pub(crate) fn as_slice(&self) -> &[u8] {
        match self {
            RequestBytes::Borrowed(bytes) => bytes,
            RequestBytes::Owned(bytes) => bytes,
        }
    }

    /// Faults where there are more than `limit`.
    pub(crate) fn check_size(&self, limit: u64) -> Result<(), Fault> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        if self.as_slice().len() > limit { Err(FaultKind::TooLarge { limit }.into()) } else { Ok(()) }
    }

    /// The bytes as the request's own: copied where they are the host's.
    pub(crate) fn into_owned(self) -> Result<Vec<u8>, Fault> {
        match self {
            RequestBytes::Owned(bytes) => Ok(bytes),
            RequestBytes::Borrowed(bytes) => {
                let mut owned = reserve(bytes.len())?;
                owned.extend_from_slice(bytes);
                Ok(owned)
            }
        }
    }
}
