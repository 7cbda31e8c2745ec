//! `Arc<T>`, whose form is that of what it holds.

use super::list;
use super::present::Present;
use super::{FfiType, apart_for};
use crate::error::Fault;
use crate::schema::{SchemaBuilder, Type};
use crate::stack;
use crate::value::pod::{PodList, RawBytes, TextForm};
use crate::value::{cbor, pod};
use std::sync::Arc;

/// What an `Arc` holds: a type that crosses, `str`, or a slice of what crosses.
///
/// # Safety
/// As for [`FfiType`], whose items of the same names these are.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross the FFI boundary",
    label = "not a type that crosses",
    note = "an `Arc` crosses as what it holds, which must cross itself"
)]
pub unsafe trait Shareable: 'static {
    type Pod<F: TextForm>: 'static;
    const BY_POINTER: bool;
    const STACK: usize;
    const IS_U8: bool = false;

    /// # Errors
    /// As for [`FfiType::from_pod`].
    ///
    /// # Safety
    /// As for [`FfiType::from_pod`].
    unsafe fn from_pod<F: TextForm>(pod: *const Self::Pod<F>, reader: &mut pod::Reader<F>) -> Result<Arc<Self>, Fault>;

    /// # Errors
    /// As for [`FfiType::write_pod`].
    ///
    /// # Safety
    /// As for [`FfiType::write_pod`].
    unsafe fn write_pod<F: TextForm>(
        &mut self,
        place: *mut Self::Pod<F>,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault>;

    /// # Errors
    /// As for [`FfiType::write_shared`].
    ///
    /// # Safety
    /// As for [`FfiType::write_shared`].
    unsafe fn write_shared<F: TextForm>(
        &self,
        place: *mut Self::Pod<F>,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault>;

    /// # Errors
    /// As for [`FfiType::encode`].
    fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault>;

    /// # Errors
    /// As for [`FfiType::decode`].
    fn decode(reader: &mut cbor::Reader<'_>) -> Result<Arc<Self>, Fault>;

    fn describe(schema: &mut SchemaBuilder) -> Type;

    /// # Errors
    /// As for [`FfiType::absent`].
    fn absent(_reader: &mut cbor::Reader<'_>) -> Result<Option<Arc<Self>>, Fault> {
        Ok(None)
    }

    /// # Errors
    /// As for [`FfiType::raw_bytes`].
    fn raw_bytes<F: TextForm>(&mut self, writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault> {
        self.raw_shared(writer)
    }

    /// # Errors
    /// As for [`FfiType::raw_bytes`].
    fn raw_shared<F: TextForm>(&self, writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault>;
}

/// The bytes of an `Arc` in front of its value.
const COUNTS: usize = 2 * size_of::<usize>();

// SAFETY: the type's own items.
unsafe impl<T: FfiType> Shareable for T {
    type Pod<F: TextForm> = <T as FfiType>::Pod<F>;

    const BY_POINTER: bool = <T as FfiType>::BY_POINTER;

    const IS_U8: bool = <T as FfiType>::IS_U8;

    const STACK: usize =
        if <T as FfiType>::STACK == 0 { 0 } else { stack::OF_LEVEL + stack::of_value::<T>(<T as FfiType>::STACK) };

    unsafe fn from_pod<F: TextForm>(pod: *const Self::Pod<F>, reader: &mut pod::Reader<F>) -> Result<Arc<T>, Fault> {
        reader.charge_block(COUNTS + size_of::<T>())?;
        // SAFETY: the caller's promise.
        apart_for::<T, _>(|| unsafe { <T as FfiType>::from_pod(pod, reader) }.map(Arc::new))
    }

    unsafe fn write_pod<F: TextForm>(
        &mut self,
        place: *mut Self::Pod<F>,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault> {
        // SAFETY: the caller's promise.
        unsafe { <T as FfiType>::write_pod(self, place, writer) }
    }

    unsafe fn write_shared<F: TextForm>(
        &self,
        place: *mut Self::Pod<F>,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault> {
        // SAFETY: the caller's promise.
        unsafe { <T as FfiType>::write_shared(self, place, writer) }
    }

    fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
        <T as FfiType>::encode(self, writer)
    }

    fn decode(reader: &mut cbor::Reader<'_>) -> Result<Arc<T>, Fault> {
        reader.charge_block(COUNTS + size_of::<T>())?;
        apart_for::<T, _>(|| <T as FfiType>::decode(reader).map(Arc::new))
    }

    fn describe(schema: &mut SchemaBuilder) -> Type {
        <T as FfiType>::describe(schema)
    }

    fn absent(reader: &mut cbor::Reader<'_>) -> Result<Option<Arc<T>>, Fault> {
        let Some(value) = <T as FfiType>::absent(reader)? else { return Ok(None) };
        reader.charge_block(COUNTS + size_of::<T>())?;
        Ok(Some(Arc::new(value)))
    }

    fn raw_bytes<F: TextForm>(&mut self, writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault> {
        <T as FfiType>::raw_bytes(self, writer)
    }

    fn raw_shared<F: TextForm>(&self, writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault> {
        <T as FfiType>::raw_shared(self, writer)
    }
}

// SAFETY: the form of text, which points into the writer's memory.
unsafe impl Shareable for str {
    type Pod<F: TextForm> = F::Pod;

    const BY_POINTER: bool = false;

    const STACK: usize = 0;

    unsafe fn from_pod<F: TextForm>(pod: *const F::Pod, reader: &mut pod::Reader<F>) -> Result<Arc<str>, Fault> {
        // SAFETY: the caller's promise.
        let text = unsafe { <String as FfiType>::from_pod(pod, reader) }?;
        reader.charge_block(COUNTS + text.len())?;
        reader.give_back(text.capacity());
        Ok(text.into())
    }

    unsafe fn write_pod<F: TextForm>(&mut self, place: *mut F::Pod, writer: &mut pod::Writer<F>) -> Result<(), Fault> {
        // SAFETY: the caller's promise.
        unsafe { self.write_shared(place, writer) }
    }

    unsafe fn write_shared<F: TextForm>(&self, place: *mut F::Pod, writer: &mut pod::Writer<F>) -> Result<(), Fault> {
        let text = F::write_raw(writer.copy_text(self)?)?;
        // SAFETY: the caller promises a writable place; neither form has padding.
        unsafe { place.write(text) };
        Ok(())
    }

    fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
        writer.text(self);
        Ok(())
    }

    fn decode(reader: &mut cbor::Reader<'_>) -> Result<Arc<str>, Fault> {
        let text = reader.text()?;
        reader.charge_block(COUNTS + text.len())?;
        Ok(text.into())
    }

    fn describe(_schema: &mut SchemaBuilder) -> Type {
        Type::String
    }

    fn raw_shared<F: TextForm>(&self, writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault> {
        writer.copy_text(self).map(Some)
    }
}

// SAFETY: the form of a list.
unsafe impl<T: FfiType> Shareable for [T] {
    type Pod<F: TextForm> = PodList<T::Pod<F>>;

    const BY_POINTER: bool = false;

    const STACK: usize = stack::OF_LEVEL;

    unsafe fn from_pod<F: TextForm>(pod: *const Self::Pod<F>, reader: &mut pod::Reader<F>) -> Result<Arc<[T]>, Fault> {
        // SAFETY: the caller's promise.
        let items = unsafe { <Vec<T> as FfiType>::from_pod(pod, reader) }?;
        reader.charge_block(COUNTS + size_of_val::<[T]>(&items))?;
        reader.give_back(items.capacity() * size_of::<T>());
        Ok(items.into())
    }

    unsafe fn write_pod<F: TextForm>(
        &mut self,
        place: *mut Self::Pod<F>,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault> {
        // SAFETY: the caller's promise.
        unsafe { list::write(self, place, writer) }
    }

    unsafe fn write_shared<F: TextForm>(
        &self,
        place: *mut Self::Pod<F>,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault> {
        // SAFETY: the caller's promise.
        unsafe { list::write_shared(self, place, writer) }
    }

    fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
        T::encode_list(self, writer)
    }

    fn decode(reader: &mut cbor::Reader<'_>) -> Result<Arc<[T]>, Fault> {
        let items = T::decode_list(reader)?;
        reader.charge_block(COUNTS + size_of_val::<[T]>(&items))?;
        reader.give_back(items.capacity() * size_of::<T>());
        Ok(items.into())
    }

    fn describe(schema: &mut SchemaBuilder) -> Type {
        T::describe_list(schema)
    }

    fn raw_shared<F: TextForm>(&self, _writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault> {
        Ok(T::list_raw_bytes(self))
    }
}

// SAFETY: the form of what it holds.
unsafe impl<T: ?Sized + Shareable> FfiType for Arc<T> {
    type Pod<F: TextForm> = T::Pod<F>;

    const BY_POINTER: bool = T::BY_POINTER;

    const STACK: usize = T::STACK;

    const IS_U8: bool = T::IS_U8;

    unsafe fn from_pod<F: TextForm>(pod: *const Self::Pod<F>, reader: &mut pod::Reader<F>) -> Result<Self, Fault> {
        // SAFETY: the caller's promise.
        unsafe { T::from_pod(pod, reader) }
    }

    unsafe fn write_pod<F: TextForm>(
        &mut self,
        place: *mut Self::Pod<F>,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault> {
        match Self::get_mut(self) {
            // SAFETY: the caller's promise.
            Some(alone) => unsafe { alone.write_pod(place, writer) },
            // SAFETY: the caller's promise.
            None => unsafe { (**self).write_shared(place, writer) },
        }
    }

    unsafe fn write_shared<F: TextForm>(
        &self,
        place: *mut Self::Pod<F>,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault> {
        // SAFETY: the caller's promise.
        unsafe { (**self).write_shared(place, writer) }
    }

    fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
        (**self).encode(writer)
    }

    fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
        T::decode(reader)
    }

    fn describe(schema: &mut SchemaBuilder) -> Type {
        T::describe(schema)
    }

    fn absent(reader: &mut cbor::Reader<'_>) -> Result<Option<Self>, Fault> {
        T::absent(reader)
    }

    fn raw_bytes<F: TextForm>(&mut self, writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault> {
        match Self::get_mut(self) {
            Some(alone) => alone.raw_bytes(writer),
            None => (**self).raw_shared(writer),
        }
    }

    fn raw_shared<F: TextForm>(&self, writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault> {
        (**self).raw_shared(writer)
    }
}

/// Whether an option may hold an `Arc` of it.
pub trait PresentShared: Shareable {}

impl<T: Present> PresentShared for T {}
impl PresentShared for str {}
impl<T: FfiType> PresentShared for [T] {}

impl<T: ?Sized + PresentShared> Present for Arc<T> {}
