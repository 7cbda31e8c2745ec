//! `BTreeSet<T>` and `HashSet<T>`: lists of values that differ.

use super::memory::{self, Collection};
use super::present::Present;
use super::{FfiType, apart_for, check_room};
use crate::error::{Fault, FaultKind};
use crate::schema::{SchemaBuilder, Type};
use crate::stack;
use crate::value::pod::{PodList, TextForm};
use crate::value::{cbor, pod};
use std::collections::{BTreeSet, HashSet};
use std::hash::{BuildHasher, Hash};

/// Copies a set.
///
/// # Safety
/// The list must have as many readable, aligned values as it says, each as in [`FfiType::from_pod`].
unsafe fn read<T: FfiType, F: TextForm, S: Collection<Item = T>>(
    list: PodList<T::Pod<F>>,
    reader: &mut pod::Reader<F>,
) -> Result<S, Fault> {
    reader.enter_list()?;
    let mut set = S::default();
    if let Some(list) = reader.array(list)? {
        memory::check_room::<T>(reader.nesting(), T::STACK)?;
        for index in 0..list.len {
            set.make_room(reader, list.len)?;
            // SAFETY: `index` is below the length the caller vouches for.
            let place = unsafe { list.ptr.add(index) };
            let is_new = apart_for::<T, _>(|| {
                // SAFETY: the value is readable as the caller promises.
                let value = unsafe { T::from_pod(place, reader) }.map_err(|fault| fault.at_index(index))?;
                Ok::<bool, Fault>(set.add(value))
            })?;
            if !is_new {
                return Err(duplicate(index));
            }
        }
    }
    reader.leave_list();
    Ok(set)
}

/// Writes the C form of a set.
///
/// # Safety
/// As for [`FfiType::write_pod`].
unsafe fn write<'a, T: FfiType, F: TextForm>(
    values: impl ExactSizeIterator<Item = &'a T>,
    place: *mut PodList<T::Pod<F>>,
    writer: &mut pod::Writer<F>,
) -> Result<(), Fault> {
    writer.enter_list()?;
    let len = values.len();
    if len > 0 {
        check_room::<T>(writer.nesting())?;
        let array = writer.array::<T::Pod<F>>(len)?;
        for (index, value) in values.enumerate() {
            // SAFETY: the array has as many places as there are values.
            let place = unsafe { array.add(index) };
            // SAFETY: the place is zeroed, aligned and owned by the writer.
            unsafe { value.write_shared(place, writer) }.map_err(|fault| fault.at_index(index))?;
        }
        // SAFETY: the caller promises a writable place; the type has no padding.
        unsafe { place.write(PodList { ptr: array, len }) };
    }
    writer.leave_list();
    Ok(())
}

fn encode<'a, T: FfiType>(
    values: impl ExactSizeIterator<Item = &'a T>,
    writer: &mut cbor::Writer<'_>,
) -> Result<(), Fault> {
    writer.sorted(false, values, check_room::<T>, |writer, index, value| {
        value.encode(writer).map_err(|fault| fault.at_index(index))?;
        Ok(writer.len())
    })
}

fn decode<T: FfiType, S: Collection<Item = T>>(reader: &mut cbor::Reader<'_>) -> Result<S, Fault> {
    reader.level(|reader| {
        let count = reader.array()?;
        memory::check_room::<T>(reader.nesting(), T::STACK)?;
        let mut set = S::default();
        reader.each(count, 1, |reader, index| {
            set.make_room(reader, count.unwrap_or(usize::MAX))?;
            let is_new = apart_for::<T, _>(|| {
                let value = T::decode(reader).map_err(|fault| fault.at_index(index))?;
                Ok::<bool, Fault>(set.add(value))
            })?;
            if is_new { Ok(()) } else { Err(duplicate(index)) }
        })?;
        Ok(set)
    })
}

#[cold]
#[inline(never)]
fn duplicate(index: usize) -> Fault {
    Fault::from(FaultKind::DuplicateValue).at_index(index)
}

/// Implements [`FfiType`] for sets.
macro_rules! sets {
    ($($set:ty: [$($bounds:tt)*];)*) => {$(
        // SAFETY: a `#[repr(C)]` pair of a pointer, for which NULL is valid, and a length.
        unsafe impl<$($bounds)*> FfiType for $set {
            type Pod<F: TextForm> = PodList<T::Pod<F>>;

            const STACK: usize = stack::OF_LEVEL;

            unsafe fn from_pod<F: TextForm>(
                pod: *const Self::Pod<F>,
                reader: &mut pod::Reader<F>,
            ) -> Result<Self, Fault> {
                // SAFETY: the caller promises a readable value.
                let list = unsafe { pod.read() };
                // SAFETY: the caller's promise.
                unsafe { read::<T, F, _>(list, reader) }
            }

            unsafe fn write_pod<F: TextForm>(
                &mut self,
                place: *mut Self::Pod<F>,
                writer: &mut pod::Writer<F>,
            ) -> Result<(), Fault> {
                // SAFETY: the caller's promise.
                unsafe { self.write_shared(place, writer) }
            }

            unsafe fn write_shared<F: TextForm>(
                &self,
                place: *mut Self::Pod<F>,
                writer: &mut pod::Writer<F>,
            ) -> Result<(), Fault> {
                // SAFETY: the caller's promise.
                unsafe { write(self.iter(), place, writer) }
            }

            fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
                encode(self.iter(), writer)
            }

            fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
                decode(reader)
            }

            fn describe(schema: &mut SchemaBuilder) -> Type {
                Type::Set(Box::new(T::describe(schema)))
            }
        }

        impl<$($bounds)*> Present for $set {}
    )*};
}

sets! {
    BTreeSet<T>: [T: FfiType + Ord];
    HashSet<T, S>: [T: FfiType + Eq + Hash, S: BuildHasher + Default + Send + Sync + 'static];
}
