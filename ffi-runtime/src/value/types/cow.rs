//! `Cow<'static, B>`, whose form is the owned type's.

use super::FfiType;
use super::present::Present;
use super::shared;
use crate::error::Fault;
use crate::schema::{SchemaBuilder, Type};
use crate::value::pod::{PodList, RawBytes, TextForm};
use crate::value::{cbor, pod};
use std::borrow::Cow;

/// What a `Cow` borrows, which is written as the owned type is.
#[diagnostic::on_unimplemented(
    message = "a `Cow` of `{Self}` cannot cross the FFI boundary",
    label = "not a `Cow` that crosses",
    note = "these cross: `Cow<'static, str>`, and `Cow<'static, T>` and `Cow<'static, [T]>` of what crosses and is `Clone`"
)]
pub trait Borrowed: ToOwned<Owned: FfiType> {
    /// As [`FfiType::encode`].
    ///
    /// # Errors
    /// A fault with the path to it, seen from this value.
    fn encode_borrowed(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault>;

    /// As [`FfiType::write_shared`].
    ///
    /// # Errors
    /// A fault with the path to it, seen from this value.
    ///
    /// # Safety
    /// As for [`FfiType::write_pod`].
    unsafe fn write_borrowed<F: TextForm>(
        &self,
        place: *mut <Self::Owned as FfiType>::Pod<F>,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault>;

    /// As [`FfiType::raw_shared`].
    ///
    /// # Errors
    /// As for [`FfiType::raw_bytes`].
    fn raw_borrowed<F: TextForm>(&self, writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault>;
}

impl Borrowed for str {
    fn encode_borrowed(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
        writer.text(self);
        Ok(())
    }

    unsafe fn write_borrowed<F: TextForm>(&self, place: *mut F::Pod, writer: &mut pod::Writer<F>) -> Result<(), Fault> {
        // SAFETY: the caller's promise.
        unsafe { shared::Shareable::write_shared(self, place, writer) }
    }

    fn raw_borrowed<F: TextForm>(&self, writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault> {
        writer.copy_text(self).map(Some)
    }
}

impl<T: FfiType + Clone> Borrowed for [T] {
    fn encode_borrowed(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
        T::encode_list(self, writer)
    }

    unsafe fn write_borrowed<F: TextForm>(
        &self,
        place: *mut PodList<T::Pod<F>>,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault> {
        // SAFETY: the caller's promise.
        unsafe { shared::Shareable::write_shared(self, place, writer) }
    }

    fn raw_borrowed<F: TextForm>(&self, _writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault> {
        Ok(T::list_raw_bytes(self))
    }
}

impl<T: FfiType + Clone> Borrowed for T {
    fn encode_borrowed(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
        self.encode(writer)
    }

    unsafe fn write_borrowed<F: TextForm>(
        &self,
        place: *mut T::Pod<F>,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault> {
        // SAFETY: the caller's promise.
        unsafe { FfiType::write_shared(self, place, writer) }
    }

    fn raw_borrowed<F: TextForm>(&self, writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault> {
        self.raw_shared(writer)
    }
}

// SAFETY: the owned type's form.
unsafe impl<B: ?Sized + Borrowed + 'static> FfiType for Cow<'static, B> {
    type Pod<F: TextForm> = <B::Owned as FfiType>::Pod<F>;

    const BY_POINTER: bool = <B::Owned as FfiType>::BY_POINTER;

    const STACK: usize = <B::Owned as FfiType>::STACK;

    const IS_U8: bool = <B::Owned as FfiType>::IS_U8;

    unsafe fn from_pod<F: TextForm>(pod: *const Self::Pod<F>, reader: &mut pod::Reader<F>) -> Result<Self, Fault> {
        // SAFETY: the caller's promise.
        unsafe { B::Owned::from_pod(pod, reader) }.map(Self::Owned)
    }

    unsafe fn write_pod<F: TextForm>(
        &mut self,
        place: *mut Self::Pod<F>,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault> {
        match self {
            // SAFETY: the caller's promise.
            Self::Owned(value) => unsafe { value.write_pod(place, writer) },
            // SAFETY: the caller's promise.
            Self::Borrowed(value) => unsafe { value.write_borrowed(place, writer) },
        }
    }

    unsafe fn write_shared<F: TextForm>(
        &self,
        place: *mut Self::Pod<F>,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault> {
        // SAFETY: the caller's promise.
        unsafe { (**self).write_borrowed(place, writer) }
    }

    fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
        (**self).encode_borrowed(writer)
    }

    fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
        B::Owned::decode(reader).map(Self::Owned)
    }

    fn describe(schema: &mut SchemaBuilder) -> Type {
        B::Owned::describe(schema)
    }

    fn absent(reader: &mut cbor::Reader<'_>) -> Result<Option<Self>, Fault> {
        Ok(B::Owned::absent(reader)?.map(Self::Owned))
    }

    fn raw_bytes<F: TextForm>(&mut self, writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault> {
        match self {
            Self::Owned(value) => value.raw_bytes(writer),
            Self::Borrowed(value) => value.raw_borrowed(writer),
        }
    }

    fn raw_shared<F: TextForm>(&self, writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault> {
        (**self).raw_borrowed(writer)
    }
}

impl<B: ?Sized + Borrowed<Owned: Present> + 'static> Present for Cow<'static, B> {}
