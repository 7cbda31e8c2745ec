//! `BTreeMap<K, V>` and `HashMap<K, V>`.

use super::memory::{self, Collection};
use super::present::Present;
use super::{FfiType, apart_for, check_room};
use crate::error::{Fault, FaultKind};
use crate::schema::{SchemaBuilder, Type};
use crate::stack;
use crate::value::pod::{PodEntry, PodList, TextForm};
use crate::value::{cbor, pod};
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

/// What the parts of an entry are called in the path to a fault.
const KEY: &str = "key";
const VALUE: &str = "value";

/// The C form of a map.
type PodMap<K, V, F> = PodList<PodEntry<<K as FfiType>::Pod<F>, <V as FfiType>::Pod<F>>>;

/// The least bytes of an entry on the wire.
const LEAST: usize = 2;

/// Copies a map.
///
/// # Safety
/// The list must have as many readable, aligned entries as it says, each as in [`FfiType::from_pod`].
unsafe fn read<K: FfiType, V: FfiType, F: TextForm, M: Collection<Item = (K, V)>>(
    list: PodMap<K, V, F>,
    reader: &mut pod::Reader<F>,
) -> Result<M, Fault> {
    reader.enter_list()?;
    let mut map = M::default();
    if let Some(list) = reader.array(list)? {
        memory::check_room::<(K, V)>(reader.nesting(), <(K, V)>::STACK)?;
        for index in 0..list.len {
            map.make_room(reader, list.len)?;
            // SAFETY: `index` is below the length the caller vouches for.
            let entry: *const PodEntry<_, _> = unsafe { list.ptr.add(index) };
            let is_new = apart_for::<(K, V), _>(|| {
                // SAFETY: this takes an address inside of a readable entry.
                let place = unsafe { &raw const (*entry).key };
                // SAFETY: the entry is readable as the caller promises.
                let key = unsafe { K::from_pod(place, reader) }.map_err(|fault| at(fault, KEY, index))?;
                // SAFETY: as above.
                let place = unsafe { &raw const (*entry).value };
                // SAFETY: as above.
                let value = unsafe { V::from_pod(place, reader) }.map_err(|fault| at(fault, VALUE, index))?;
                Ok::<bool, Fault>(map.add((key, value)))
            })?;
            if !is_new {
                return Err(duplicate(index));
            }
        }
    }
    reader.leave_list();
    Ok(map)
}

/// Writes the C form of a map; `write_value` writes that of a value.
///
/// # Safety
/// As for [`FfiType::write_pod`].
unsafe fn write<'a, K: FfiType, V: FfiType, F: TextForm, W>(
    entries: impl ExactSizeIterator<Item = (&'a K, W)>,
    place: *mut PodMap<K, V, F>,
    writer: &mut pod::Writer<F>,
    mut write_value: impl FnMut(W, *mut V::Pod<F>, &mut pod::Writer<F>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    writer.enter_list()?;
    let len = entries.len();
    if len > 0 {
        check_room::<(K, V)>(writer.nesting())?;
        let array = writer.array::<PodEntry<K::Pod<F>, V::Pod<F>>>(len)?;
        for (index, (key, value)) in entries.enumerate() {
            // SAFETY: the array has as many places as there are entries.
            let entry = unsafe { array.add(index) };
            // SAFETY: this takes an address inside of it.
            let place = unsafe { &raw mut (*entry).key };
            // SAFETY: the place is zeroed, aligned and owned by the writer.
            unsafe { key.write_shared(place, writer) }.map_err(|fault| at(fault, KEY, index))?;
            // SAFETY: as above.
            let place = unsafe { &raw mut (*entry).value };
            write_value(value, place, writer).map_err(|fault| at(fault, VALUE, index))?;
        }
        // SAFETY: the caller promises a writable place; the type has no padding.
        unsafe { place.write(PodList { ptr: array, len }) };
    }
    writer.leave_list();
    Ok(())
}

fn encode<'a, K: FfiType, V: FfiType>(
    entries: impl ExactSizeIterator<Item = (&'a K, &'a V)>,
    writer: &mut cbor::Writer<'_>,
) -> Result<(), Fault> {
    writer.sorted(true, entries, check_room::<(K, V)>, |writer, index, (key, value)| {
        key.encode(writer).map_err(|fault| at(fault, KEY, index))?;
        let key_end = writer.len();
        value.encode(writer).map_err(|fault| at(fault, VALUE, index))?;
        Ok(key_end)
    })
}

fn decode<K: FfiType, V: FfiType, M: Collection<Item = (K, V)>>(reader: &mut cbor::Reader<'_>) -> Result<M, Fault> {
    reader.level(|reader| {
        let count = reader.map_head()?;
        memory::check_room::<(K, V)>(reader.nesting(), <(K, V)>::STACK)?;
        let mut map = M::default();
        reader.each(count, LEAST, |reader, index| {
            map.make_room(reader, count.unwrap_or(usize::MAX))?;
            let is_new = apart_for::<(K, V), _>(|| {
                let key = K::decode(reader).map_err(|fault| at(fault, KEY, index))?;
                let value = V::decode(reader).map_err(|fault| at(fault, VALUE, index))?;
                Ok::<bool, Fault>(map.add((key, value)))
            })?;
            if is_new { Ok(()) } else { Err(duplicate(index)) }
        })?;
        Ok(map)
    })
}

/// Adds the entry and its part to the path of a fault.
#[cold]
#[inline(never)]
fn at(fault: Fault, part: &'static str, index: usize) -> Fault {
    fault.at_key(part).at_index(index)
}

#[cold]
#[inline(never)]
fn duplicate(index: usize) -> Fault {
    at(FaultKind::DuplicateKey.into(), KEY, index)
}

/// Implements [`FfiType`] for maps.
macro_rules! maps {
    ($($map:ty: [$($bounds:tt)*];)*) => {$(
        // SAFETY: a `#[repr(C)]` pair of a pointer, for which NULL is valid, and a length.
        unsafe impl<$($bounds)*> FfiType for $map {
            type Pod<F: TextForm> = PodMap<K, V, F>;

            const STACK: usize = stack::OF_LEVEL;

            unsafe fn from_pod<F: TextForm>(
                pod: *const Self::Pod<F>,
                reader: &mut pod::Reader<F>,
            ) -> Result<Self, Fault> {
                // SAFETY: the caller promises a readable value.
                let list = unsafe { pod.read() };
                // SAFETY: the caller's promise.
                unsafe { read::<K, V, F, _>(list, reader) }
            }

            unsafe fn write_pod<F: TextForm>(
                &mut self,
                place: *mut Self::Pod<F>,
                writer: &mut pod::Writer<F>,
            ) -> Result<(), Fault> {
                // SAFETY: the places are the writer's, and otherwise as the caller promises.
                let write_value = |value: &mut V, place, writer: &mut _| unsafe { value.write_pod(place, writer) };
                // SAFETY: the caller's promise.
                unsafe { write::<K, V, F, _>(self.iter_mut(), place, writer, write_value) }
            }

            unsafe fn write_shared<F: TextForm>(
                &self,
                place: *mut Self::Pod<F>,
                writer: &mut pod::Writer<F>,
            ) -> Result<(), Fault> {
                // SAFETY: the places are the writer's, and otherwise as the caller promises.
                let write_value = |value: &V, place, writer: &mut _| unsafe { value.write_shared(place, writer) };
                // SAFETY: the caller's promise.
                unsafe { write::<K, V, F, _>(self.iter(), place, writer, write_value) }
            }

            fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
                encode(self.iter(), writer)
            }

            fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
                decode(reader)
            }

            fn describe(schema: &mut SchemaBuilder) -> Type {
                Type::Map(Box::new(K::describe(schema)), Box::new(V::describe(schema)))
            }
        }

        impl<$($bounds)*> Present for $map {}
    )*};
}

maps! {
    BTreeMap<K, V>: [K: FfiType + Ord, V: FfiType];
    HashMap<K, V, S>: [K: FfiType + Eq + Hash, V: FfiType, S: BuildHasher + Default + Send + Sync + 'static];
}
