//! The return types of annotated functions, and how a returned value answers the call.

use crate::error::Fault;
use crate::schema::{SchemaBuilder, Type};
use crate::value::pod::{RawBytes, TextForm, zero};
use crate::value::types::FfiType;
use crate::value::{cbor, pod};
use std::convert::Infallible;
use std::fmt::Display;
use std::mem::MaybeUninit;

/// A value that answers a call: a type that crosses, or `()`.
///
/// # Safety
/// As many bytes as [`Answer::mirror`] returns must be readable where it says, until the value is
/// changed or dropped or the place or the writer is; they, and what they point to, must be as C reads
/// the type that [`Answer::describe`] describes. A value must be fit to be sent to another thread, as [`FfiType`] asks.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross the FFI boundary as a result",
    label = "not a type that crosses",
    note = "put `#[ffi]` on your own type; a function returns `Result<T, E>` with `E: Display`, `T`, or nothing",
    note = "instead of an `Rc` write an `Arc`; what a cell or a lock holds crosses as the value itself; a key of a map or a set is `Eq` and `Hash`, or `Ord`, which no float is"
)]
pub unsafe trait Answer: 'static {
    /// What the C form is written into.
    type Place<F: TextForm>;

    /// As [`FfiType::STACK`].
    const STACK: usize;

    /// Mirrors the value for a C reader; what is returned may point into all three.
    ///
    /// # Errors
    /// A fault with the path to it.
    fn mirror<F: TextForm>(
        &mut self,
        place: &mut MaybeUninit<Self::Place<F>>,
        writer: &mut pod::Writer<F>,
    ) -> Result<RawBytes, Fault>;

    /// Writes the CBOR form to the end of `buffer`.
    ///
    /// # Errors
    /// A fault with the path to it.
    fn encode(&self, buffer: &mut Vec<u8>) -> Result<(), Fault>;

    /// Describes the type; `None` for `()`.
    fn describe(schema: &mut SchemaBuilder) -> Option<Type>;
}

/// An answer on its way to another thread.
pub(crate) struct Sent<V>(V);

// SAFETY: such a value may be sent, as `Answer` has it.
unsafe impl<V: Answer> Send for Sent<V> {}

impl<V: Answer> Sent<V> {
    pub(crate) const fn new(value: V) -> Self {
        Self(value)
    }

    pub(crate) const fn value(&self) -> &V {
        &self.0
    }

    /// Takes it out, where it arrived.
    pub(crate) fn into_value(self) -> V {
        self.0
    }
}

// SAFETY: the type's own bytes, or its C form in the place, both as the type promises.
unsafe impl<T: FfiType> Answer for T {
    type Place<F: TextForm> = T::Pod<F>;

    const STACK: usize = <T as FfiType>::STACK;

    fn mirror<F: TextForm>(
        &mut self,
        place: &mut MaybeUninit<T::Pod<F>>,
        writer: &mut pod::Writer<F>,
    ) -> Result<RawBytes, Fault> {
        if let Some(raw) = self.raw_bytes(writer)? {
            return Ok(raw);
        }
        zero(place);
        // SAFETY: the place is aligned, writable and was just zeroed.
        unsafe { self.write_pod(place.as_mut_ptr(), writer) }?;
        Ok(RawBytes { ptr: place.as_ptr().cast(), len: size_of::<T::Pod<F>>() })
    }

    fn encode(&self, buffer: &mut Vec<u8>) -> Result<(), Fault> {
        FfiType::encode(self, &mut cbor::Writer::new(buffer))
    }

    fn describe(schema: &mut SchemaBuilder) -> Option<Type> {
        Some(<T as FfiType>::describe(schema))
    }
}

// SAFETY: a valid pointer and no bytes, as for nothing.
unsafe impl Answer for () {
    type Place<F: TextForm> = ();

    const STACK: usize = 0;

    fn mirror<F: TextForm>(
        &mut self,
        _place: &mut MaybeUninit<()>,
        _writer: &mut pod::Writer<F>,
    ) -> Result<RawBytes, Fault> {
        Ok(RawBytes::EMPTY)
    }

    fn encode(&self, buffer: &mut Vec<u8>) -> Result<(), Fault> {
        buffer.extend_from_slice(&cbor::NULL);
        Ok(())
    }

    fn describe(_schema: &mut SchemaBuilder) -> Option<Type> {
        None
    }
}

/// The return type of a method: `Result<T, E>` with `E: Display`, `T`, or nothing.
///
/// The bounds on `T` and `E` stand where a [`Handler`](super::Handler) names its return type and not on the
/// impls, so that rustc names the one of the two that is wrong.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross the FFI boundary as a result",
    label = "not a type that crosses",
    note = "a function returns `T`, `Result<T, E>` with `E: Display`, or nothing, where `T` is a built-in type that crosses or your own type with `#[ffi]` on it",
    note = "instead of an `Rc` write an `Arc`; what a cell or a lock holds crosses as the value itself; a key of a map or a set is `Eq` and `Hash`, or `Ord`, which no float is"
)]
pub trait Return {
    /// The value that answers a call that succeeds.
    type Value;
    /// The error whose text, in the alternate form with its causes, answers a call that fails.
    type Error;

    /// Returns the value or the error.
    ///
    /// # Errors
    /// The author's error.
    fn into_result(self) -> Result<Self::Value, Self::Error>;
}

impl<T: FfiType> Return for T {
    type Value = T;
    type Error = Infallible;

    fn into_result(self) -> Result<T, Infallible> {
        Ok(self)
    }
}

impl Return for () {
    type Value = ();
    type Error = Infallible;

    fn into_result(self) -> Result<(), Infallible> {
        Ok(())
    }
}

impl<T, E> Return for Result<T, E> {
    type Value = T;
    type Error = E;

    fn into_result(self) -> Self {
        self
    }
}

/// An error that a function may return.
#[diagnostic::on_unimplemented(
    message = "the error `{Self}` has no text for the host, because it does not implement `Display`",
    label = "an error without a text",
    note = "implement `std::fmt::Display` for it, or return `Result<T, String>`"
)]
pub trait ErrorText: 'static {
    /// Returns the text that the host gets: the alternate form, with the error's causes.
    fn text(&self) -> String;
}

impl<E: Display + 'static> ErrorText for E {
    fn text(&self) -> String {
        format!("{self:#}")
    }
}

/// The return type of a constructor: the state, or a `Result` of it with `E: Display`.
///
/// The library's annotation implements it for the state.
#[diagnostic::on_unimplemented(
    message = "a constructor returns the library's state, and `{Self}` is none",
    label = "not the state of a library, nor a `Result` of one",
    note = "return `Result<State, E>` with `E: Display`, or `State`, where `#[ffi(state)]` stands on `State`"
)]
pub trait ConstructorReturn {
    /// The state.
    type State;
    /// The error of a constructor that fails, as in [`Return::Error`].
    type Error;

    /// Returns the state or the error.
    ///
    /// # Errors
    /// The author's error.
    fn into_state(self) -> Result<Self::State, Self::Error>;
}

impl<S, E> ConstructorReturn for Result<S, E> {
    type State = S;
    type Error = E;

    fn into_state(self) -> Self {
        self
    }
}
