//! `Box<T>`, through which a type may contain itself.

use super::present::Present;
use super::{FfiType, apart_for, check_room};
use crate::error::{Fault, FaultKind};
use crate::schema::{SchemaBuilder, Type};
use crate::stack;
use crate::value::pod::{PodList, TextForm};
use crate::value::{cbor, pod};

// SAFETY: a pointer, for which NULL is valid.
unsafe impl<T: FfiType> FfiType for Box<T> {
    type Pod<F: TextForm> = *const T::Pod<F>;

    const STACK: usize = stack::OF_LEVEL;

    unsafe fn from_pod<F: TextForm>(pod: *const Self::Pod<F>, reader: &mut pod::Reader<F>) -> Result<Self, Fault> {
        // SAFETY: the caller promises a readable pointer.
        let inner = unsafe { pod.read() };
        if inner.is_null() {
            return Err(FaultKind::Null.into());
        }
        reader.array(PodList { ptr: inner.cast_mut(), len: 1 })?;
        reader.charge_block(size_of::<T>())?;
        check_room::<T>(reader.nesting())?;
        // SAFETY: aligned and not NULL; that a value stands there is the caller's promise.
        apart_for::<T, _>(|| unsafe { T::from_pod(inner, reader) }.map(Box::new))
    }

    unsafe fn write_pod<F: TextForm>(
        &mut self,
        place: *mut Self::Pod<F>,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault> {
        check_room::<T>(writer.nesting())?;
        let inner = writer.array::<T::Pod<F>>(1)?;
        // SAFETY: zeroed memory of the writer, with room for one.
        unsafe { (**self).write_pod(inner, writer) }?;
        // SAFETY: the caller promises a writable place.
        unsafe { place.write(inner) };
        Ok(())
    }

    unsafe fn write_shared<F: TextForm>(
        &self,
        place: *mut Self::Pod<F>,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault> {
        check_room::<T>(writer.nesting())?;
        let inner = writer.array::<T::Pod<F>>(1)?;
        // SAFETY: zeroed memory of the writer, with room for one.
        unsafe { (**self).write_shared(inner, writer) }?;
        // SAFETY: the caller promises a writable place.
        unsafe { place.write(inner) };
        Ok(())
    }

    fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
        check_room::<T>(writer.nesting())?;
        (**self).encode(writer)
    }

    fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
        reader.charge_block(size_of::<T>())?;
        check_room::<T>(reader.nesting())?;
        apart_for::<T, _>(|| T::decode(reader).map(Box::new))
    }

    fn describe(schema: &mut SchemaBuilder) -> Type {
        Type::Boxed(Box::new(T::describe(schema)))
    }

    fn absent(reader: &mut cbor::Reader<'_>) -> Result<Option<Self>, Fault> {
        let Some(value) = T::absent(reader)? else { return Ok(None) };
        reader.charge_block(size_of::<T>())?;
        Ok(Some(Box::new(value)))
    }
}

impl<T: Present> Present for Box<T> {}
