//! `[T; N]`, which on the wire is a list of exactly that length.

use super::present::Present;
use super::{FfiType, apart_for, check_room};
use crate::error::{Fault, FaultKind};
use crate::memory::reserve;
use crate::schema::{SchemaBuilder, Type};
use crate::stack;
use crate::value::pod::{ByLength, PodArray, PodList, TextForm};
use crate::value::{cbor, pod};

/// The fault of an array of no elements, which C does not have.
const fn check_len<const N: usize>() {
    assert!(N > 0, "an array that crosses the FFI boundary has at least one element");
}

// SAFETY: a `#[repr(C)]` struct of so many values.
unsafe impl<T: FfiType, const N: usize> FfiType for [T; N] {
    type Pod<F: TextForm> = PodArray<T::Pod<F>, N>;

    const BY_POINTER: bool = T::BY_POINTER;

    const STACK: usize = {
        check_len::<N>();
        pod::check_size::<Self::Pod<ByLength>>();
        stack::StackOf::<Self>::wide_record([T::STACK])
    };

    unsafe fn from_pod<F: TextForm>(pod: *const Self::Pod<F>, reader: &mut pod::Reader<F>) -> Result<Self, Fault> {
        // A list is copied and then moved: rustc has no array yet that is filled by what may fail.
        if !T::IS_U8 {
            reader.enter_list()?;
        }
        let list = PodList { ptr: pod.cast::<T::Pod<F>>().cast_mut(), len: N };
        // SAFETY: the array is readable as the caller promises.
        let items = unsafe { T::list_from_pod(list, reader) }?;
        if !T::IS_U8 {
            reader.leave_list();
        }
        reader.give_back(N * size_of::<T>());
        into_array(items)
    }

    unsafe fn write_pod<F: TextForm>(
        &mut self,
        place: *mut Self::Pod<F>,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault> {
        if !T::IS_U8 {
            writer.enter_list()?;
        }
        for (index, item) in self.iter_mut().enumerate() {
            // SAFETY: the place has room for as many forms.
            let place = unsafe { place.cast::<T::Pod<F>>().add(index) };
            // SAFETY: part of a place that is as the caller promises.
            unsafe { item.write_pod(place, writer) }.map_err(|fault| fault.at_index(index))?;
        }
        if !T::IS_U8 {
            writer.leave_list();
        }
        Ok(())
    }

    unsafe fn write_shared<F: TextForm>(
        &self,
        place: *mut Self::Pod<F>,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault> {
        if !T::IS_U8 {
            writer.enter_list()?;
        }
        for (index, item) in self.iter().enumerate() {
            // SAFETY: the place has room for as many forms.
            let place = unsafe { place.cast::<T::Pod<F>>().add(index) };
            // SAFETY: part of a place that is as the caller promises.
            unsafe { item.write_shared(place, writer) }.map_err(|fault| fault.at_index(index))?;
        }
        if !T::IS_U8 {
            writer.leave_list();
        }
        Ok(())
    }

    fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
        if !T::IS_U8 {
            return T::encode_list(self, writer);
        }
        let mut bytes = [0_u8; N];
        let mut sink = pod::Writer::<ByLength>::default();
        for (item, byte) in self.iter().zip(&mut bytes) {
            // SAFETY: the C form of such a type is a byte.
            unsafe { item.write_shared((&raw mut *byte).cast(), &mut sink) }?;
        }
        writer.bytes(&bytes);
        Ok(())
    }

    fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
        let items = if T::IS_U8 { decode_bytes(reader) } else { decode(reader, N) }?;
        reader.give_back(items.capacity() * size_of::<T>());
        into_array(items)
    }

    fn describe(schema: &mut SchemaBuilder) -> Type {
        Type::Array(Box::new(T::describe(schema)), N as u64)
    }
}

/// Reads an array of so many elements.
fn decode<T: FfiType>(reader: &mut cbor::Reader<'_>, len: usize) -> Result<Vec<T>, Fault> {
    reader.level(|reader| {
        check_room::<T>(reader.nesting())?;
        reader.charge_block(len.saturating_mul(size_of::<T>()))?;
        let mut tuple = reader.tuple(len)?;
        let mut items = reserve(len)?;
        for index in 0..len {
            let reader = tuple.next()?;
            apart_for::<T, _>(|| {
                items.push(T::decode(reader).map_err(|fault| fault.at_index(index))?);
                Ok::<(), Fault>(())
            })?;
        }
        tuple.end()?;
        Ok(items)
    })
}

/// Reads bytes, which are the C forms of the elements.
fn decode_bytes<T: FfiType>(reader: &mut cbor::Reader<'_>) -> Result<Vec<T>, Fault> {
    let bytes = u8::decode_list(reader)?;
    let list = PodList { ptr: bytes.as_ptr().cast_mut().cast(), len: bytes.len() };
    reader.charge_block(bytes.len() * size_of::<T>())?;
    let mut elements = pod::Reader::<ByLength>::new(usize::MAX);
    // SAFETY: there are as many bytes.
    let items = unsafe { T::list_from_pod(list, &mut elements) }?;
    reader.give_back(bytes.capacity());
    Ok(items)
}

/// Moves a list into an array of its length.
fn into_array<T, const N: usize>(items: Vec<T>) -> Result<[T; N], Fault> {
    items.try_into().map_err(|_: Vec<T>| FaultKind::WrongLength { expected: N }.into())
}

impl<T: FfiType, const N: usize> Present for [T; N] {}
