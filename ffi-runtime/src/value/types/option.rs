//! `Option<T>`.

use super::FfiType;
use super::present::Present;
use crate::error::Fault;
use crate::schema::{SchemaBuilder, Type};
use crate::stack;
use crate::value::pod::{PodOption, TextForm};
use crate::value::{cbor, pod};
use std::ffi::c_int;

// SAFETY: a `#[repr(C)]` pair of an `int` and a value that may be anything.
unsafe impl<T: Present> FfiType for Option<T> {
    type Pod<F: TextForm> = PodOption<T::Pod<F>>;

    const BY_POINTER: bool = T::BY_POINTER;

    const STACK: usize = if T::STACK == 0 { 0 } else { stack::OF_LEVEL + stack::of_value::<Self>(T::STACK) };

    unsafe fn from_pod<F: TextForm>(pod: *const Self::Pod<F>, reader: &mut pod::Reader<F>) -> Result<Self, Fault> {
        // SAFETY: the caller promises a readable value, which begins with `present`.
        let present = unsafe { pod.cast::<c_int>().read() };
        if present == 0 {
            return Ok(None);
        }
        // SAFETY: this takes an address inside what the caller promises.
        let value = unsafe { &raw const (*pod).value };
        // SAFETY: where `present` is set, the caller promises a value.
        unsafe { T::from_pod(value.cast(), reader) }.map(Some)
    }

    unsafe fn write_pod<F: TextForm>(
        &mut self,
        place: *mut Self::Pod<F>,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault> {
        let Some(value) = self else { return Ok(()) };
        // SAFETY: the caller promises a writable place, which begins with `present`.
        unsafe { place.cast::<c_int>().write(1) };
        // SAFETY: this takes an address inside that place.
        let inner = unsafe { &raw mut (*place).value };
        // SAFETY: part of a writable, zeroed place.
        unsafe { value.write_pod(inner.cast(), writer) }
    }

    unsafe fn write_shared<F: TextForm>(
        &self,
        place: *mut Self::Pod<F>,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault> {
        let Some(value) = self else { return Ok(()) };
        // SAFETY: the caller promises a writable place, which begins with `present`.
        unsafe { place.cast::<c_int>().write(1) };
        // SAFETY: this takes an address inside that place.
        let inner = unsafe { &raw mut (*place).value };
        // SAFETY: part of a writable, zeroed place.
        unsafe { value.write_shared(inner.cast(), writer) }
    }

    fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
        match self {
            Some(value) => value.encode(writer),
            None => {
                writer.null();
                Ok(())
            }
        }
    }

    fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
        if reader.null()? { Ok(None) } else { T::decode(reader).map(Some) }
    }

    fn describe(schema: &mut SchemaBuilder) -> Type {
        Type::Option(Box::new(T::describe(schema)))
    }

    fn absent(_reader: &mut cbor::Reader<'_>) -> Result<Option<Self>, Fault> {
        Ok(Some(None))
    }
}
