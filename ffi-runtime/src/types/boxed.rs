//! `Box<T>`, through which a type may contain itself.

use super::{FfiType, Present, apart_for, check_room};
use crate::error::{Fault, FaultKind};
use crate::pod::{PodList, PodSink, PodSource};
use crate::schema::{SchemaBuilder, Type};
use crate::stack;
use crate::wire::{Reader, Writer};

// SAFETY: a pointer, for which NULL is valid.
unsafe impl<T: FfiType> FfiType for Box<T> {
    type Pod = *const T::Pod;

    const STACK: usize = stack::OF_LEVEL;

    unsafe fn from_pod(pod: *const Self::Pod, source: &mut PodSource) -> Result<Self, Fault> {
        // SAFETY: the caller promises a readable pointer.
        let inner = unsafe { pod.read() };
        if inner.is_null() {
            return Err(FaultKind::Null.into());
        }
        source.array(PodList { ptr: inner.cast_mut(), len: 1 })?;
        source.charge_block(size_of::<T>())?;
        check_room::<T>(source.nesting())?;
        // SAFETY: aligned and not NULL; that a value stands there is the caller's promise.
        apart_for::<T, _>(|| unsafe { T::from_pod(inner, source) }.map(Box::new))
    }

    unsafe fn write_pod(&mut self, place: *mut Self::Pod, sink: &mut PodSink) -> Result<(), Fault> {
        check_room::<T>(sink.nesting())?;
        let inner = sink.array::<T::Pod>(1)?;
        // SAFETY: zeroed memory of the sink, with room for one.
        unsafe { (**self).write_pod(inner, sink) }?;
        // SAFETY: the caller promises a writable place.
        unsafe { place.write(inner) };
        Ok(())
    }

    fn encode(&self, writer: &mut Writer<'_>) -> Result<(), Fault> {
        check_room::<T>(writer.nesting())?;
        (**self).encode(writer)
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.charge_block(size_of::<T>())?;
        check_room::<T>(reader.nesting())?;
        apart_for::<T, _>(|| T::decode(reader).map(Box::new))
    }

    fn describe(schema: &mut SchemaBuilder) -> Type {
        Type::Boxed(Box::new(T::describe(schema)))
    }

    fn absent(reader: &mut Reader<'_>) -> Result<Option<Self>, Fault> {
        let Some(value) = T::absent(reader)? else { return Ok(None) };
        reader.charge_block(size_of::<T>())?;
        Ok(Some(Box::new(value)))
    }
}

impl<T: Present> Present for Box<T> {}
