//! Errors that cross with their fields or their variant, beside their text: those of `#[ffi(error)]`.
//!
//! A function may name its error by an alias, or by no name at all. So what crosses is found by the error's type, when
//! the library describes itself and when a function fails; nothing of it is in the way of a function that succeeds.

use super::bounds;
use super::returns::{Answer, ErrorText, Sent};
use crate::error::Fault;
use crate::failure::said;
use crate::schema::{FieldsBuilder, ItemName, Layouts, SchemaBuilder, Text, Type};
use crate::stack;
use crate::value::cbor;
use crate::value::pod::{self, ByLength, NulTerminated, RawBytes, TextForm, WriteFields, zero};
use crate::value::types::FfiType;
use std::alloc::Layout;
use std::any::{Any, TypeId};
use std::mem::MaybeUninit;

/// An error that crosses beside its text, which the functions that return it demand.
pub trait TypedError: Sized + 'static {
    /// What crosses.
    type Form: FfiType;
    /// What the text and the form are called together.
    const ITEM: ItemName;
    /// How it is found.
    const ENTRY: ErrorEntry = ErrorEntry::of::<Self>();

    /// Returns what crosses.
    fn into_form(self) -> Self::Form;
}

/// How a [`TypedError`] is described, and sent.
#[derive(Debug)]
pub struct ErrorEntry {
    ty: fn() -> TypeId,
    describe: fn(&mut SchemaBuilder) -> Type,
    /// Gives the text back where the error is of another type.
    send: fn(String, Box<dyn Any>) -> Result<Typed, String>,
}

inventory::collect!(ErrorEntry);

impl ErrorEntry {
    const fn of<E: TypedError>() -> Self {
        Self {
            ty: TypeId::of::<E>,
            describe: FailureOf::<E>::describe_record,
            send: |message, error| match error.downcast::<E>() {
                Ok(error) => Ok(Box::new(Sent::new(FailureOf::<E> { message, error: error.into_form() }))),
                Err(_) => Err(message),
            },
        }
    }

    fn find<E: ErrorText>() -> Option<&'static Self> {
        inventory::iter::<Self>().find(|entry| (entry.ty)() == TypeId::of::<E>())
    }
}

/// Describes what an error crosses as; `None` for one that is a text alone.
pub(crate) fn describe<E: ErrorText>(schema: &mut SchemaBuilder) -> Option<Type> {
    ErrorEntry::find::<E>().map(|entry| (entry.describe)(schema))
}

/// What an author's function failed with, on its way.
pub(crate) enum AuthorError {
    Text(String),
    Typed(Typed),
}

impl AuthorError {
    /// What it says.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Typed(typed) => typed.message(),
        }
    }
}

/// A text with an error of some type.
pub(crate) type Typed = Box<dyn AnyFailure + Send>;

/// What of an author's error is sent. Runs the author's code.
pub(crate) fn author_error<E: ErrorText>(error: E) -> AuthorError {
    let text = said(error.text());
    match ErrorEntry::find::<E>() {
        Some(entry) => (entry.send)(text, Box::new(error)).map_or_else(AuthorError::Text, AuthorError::Typed),
        None => AuthorError::Text(text),
    }
}

/// How an answer crosses.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Crossing {
    /// As C structs, in which text has this form.
    Native(Text),
    Cbor,
}

/// A [`FailureOf`] some error.
pub(crate) trait AnyFailure {
    /// The error's text.
    fn message(&self) -> &str;

    /// Hands it to `told` as it crosses, and drops it.
    ///
    /// # Errors
    /// The fault that keeps it from crossing; `told` was not called.
    fn deliver(self: Box<Self>, crossing: Crossing, told: &mut dyn FnMut(RawBytes)) -> Result<(), Fault>;
}

impl<E: TypedError> AnyFailure for Sent<FailureOf<E>> {
    fn message(&self) -> &str {
        &self.value().message
    }

    fn deliver(self: Box<Self>, crossing: Crossing, told: &mut dyn FnMut(RawBytes)) -> Result<(), Fault> {
        let bound = const { bounds::of_answer::<FailureOf<E>>() };
        stack::check(bound)?;
        stack::apart(bound, || {
            let failure = (*self).into_value();
            match crossing {
                Crossing::Native(Text::ByLength) => failure.deliver_native::<ByLength>(told),
                Crossing::Native(Text::C) => failure.deliver_native::<NulTerminated>(told),
                Crossing::Cbor => {
                    let mut buffer = Vec::new();
                    failure.encode(&mut buffer)?;
                    told(RawBytes { ptr: buffer.as_ptr(), len: buffer.len() });
                    Ok(())
                }
            }
        })
    }
}

/// What answers a call whose function failed with a typed error.
struct FailureOf<E: TypedError> {
    message: String,
    error: E::Form,
}

/// Its C form: `L_failure_E`.
#[repr(C)]
pub(crate) struct FailurePod<E: TypedError, F: TextForm> {
    message: <String as FfiType>::Pod<F>,
    error: <E::Form as FfiType>::Pod<F>,
}

impl<E: TypedError> FailureOf<E> {
    fn deliver_native<F: TextForm>(mut self, told: &mut dyn FnMut(RawBytes)) -> Result<(), Fault> {
        let (mut place, mut writer) = (MaybeUninit::uninit(), pod::Writer::<F>::default());
        told(self.mirror(&mut place, &mut writer)?);
        Ok(())
    }

    fn describe_record(schema: &mut SchemaBuilder) -> Type {
        let layouts = Layouts {
            by_length: Layout::new::<FailurePod<E, ByLength>>(),
            c: Layout::new::<FailurePod<E, NulTerminated>>(),
        };
        schema.record::<Self>(E::ITEM, layouts, Self::add_fields)
    }

    fn add_fields(fields: &mut FieldsBuilder<'_>) {
        String::describe_field(fields, "message", "message", &[" What it says."]);
        <E::Form as FfiType>::describe_field(fields, "error", "error", &[" The error itself."]);
    }
}

// SAFETY: the C form has the fields that are described, and each is written as its type is. Both parts may be sent.
unsafe impl<E: TypedError> Answer for FailureOf<E> {
    type Place<F: TextForm> = FailurePod<E, F>;

    const STACK: usize = <E::Form as FfiType>::STACK;

    fn mirror<F: TextForm>(
        &mut self,
        place: &mut MaybeUninit<FailurePod<E, F>>,
        writer: &mut pod::Writer<F>,
    ) -> Result<RawBytes, Fault> {
        zero(place);
        // SAFETY: the place is aligned, writable and was just zeroed; the fields are written as the C form has them.
        let mut fields = unsafe { WriteFields::of_record(place.as_mut_ptr(), writer) }?;
        self.message.write_field::<F>(&mut fields, "message")?;
        self.error.write_field::<F>(&mut fields, "error")?;
        fields.leave();
        Ok(RawBytes { ptr: place.as_ptr().cast(), len: size_of::<FailurePod<E, F>>() })
    }

    fn encode(&self, buffer: &mut Vec<u8>) -> Result<(), Fault> {
        let mut writer = cbor::Writer::new(buffer);
        writer.begin_record(2)?;
        self.message.encode_field(&mut writer, "message")?;
        self.error.encode_field(&mut writer, "error")?;
        writer.end_record();
        Ok(())
    }

    fn describe(schema: &mut SchemaBuilder) -> Option<Type> {
        Some(Self::describe_record(schema))
    }
}
