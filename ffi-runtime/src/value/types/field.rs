//! What an expansion does with each field of a record and with each parameter: the bodies of those methods of
//! [`FfiType`] that generated code calls.
//!
//! The signatures of these methods name the type's C form. rustc reports a type that does not cross where an expansion
//! names its C form, at each place in the same words, and so it prints them once. Of a method that does not name
//! it, rustc would report the bound in other words.

use super::FfiType;
use crate::error::{Fault, FaultKind, within};
use crate::value::cbor::{self, Fill, Map};
use crate::value::pod::{ReadFields, WriteFields};
use std::marker::PhantomData;

/// What came of a field whose C form is `P`: its value where it was read.
#[derive(Debug)]
pub struct Crossed<P, T = ()>(pub T, PhantomData<P>);

impl<P> Crossed<P> {
    pub(super) const DONE: Self = Self((), PhantomData);
}

/// The value of a field whose C form is `P`, if its entry was read.
#[derive(Debug)]
pub struct Entry<T, P> {
    value: Option<T>,
    form: PhantomData<P>,
}

/// Reads the next field of a C form.
#[inline(always)]
pub(super) fn read<T: FfiType>(fields: &mut ReadFields<'_>, name: &'static str) -> Result<Crossed<T::Pod, T>, Fault> {
    let (pod, reader) = fields.next::<T::Pod>();
    // SAFETY: whoever walks the fields has a C form of this type there.
    let value = within(name, unsafe { T::from_pod(pod, reader) })?;
    Ok(Crossed(value, PhantomData))
}

/// Writes the next field of a C form.
#[inline(always)]
pub(super) fn write<T: FfiType>(
    value: &mut T,
    fields: &mut WriteFields<'_>,
    name: &'static str,
) -> Result<Crossed<T::Pod>, Fault> {
    let (place, writer) = fields.next::<T::Pod>();
    // SAFETY: whoever walks the fields has the place of a C form of this type there.
    within(name, unsafe { value.write_pod(place, writer) })?;
    Ok(Crossed::DONE)
}

/// Writes an entry of a map.
#[inline(always)]
pub(super) fn encode<T: FfiType>(
    value: &T,
    writer: &mut cbor::Writer<'_>,
    name: &'static str,
) -> Result<Crossed<T::Pod>, Fault> {
    writer.key(name);
    within(name, value.encode(writer))?;
    Ok(Crossed::DONE)
}

/// Reads the next entry of a map if its key is `name`.
#[inline(always)]
pub(super) fn decode<T: FfiType>(map: &mut Map<'_, '_>, name: &'static str) -> Result<Entry<T, T::Pod>, Fault> {
    let value = if map.take_key(name) { Some(within(name, T::decode(map.reader()))?) } else { None };
    Ok(Entry { value, form: PhantomData })
}

/// Returns the value of an entry, or the one that its type has where the key is missing.
#[inline(always)]
pub(super) fn or_absent<T: FfiType>(
    entry: Entry<T, T::Pod>,
    map: &mut Map<'_, '_>,
    name: &'static str,
) -> Result<T, Fault> {
    match entry.value {
        Some(value) => Ok(value),
        None => within(name, T::absent(map.reader()).and_then(|value| value.ok_or_else(missing))),
    }
}

impl<T: FfiType> Fill for Entry<T, T::Pod> {
    fn fill(&mut self, reader: &mut cbor::Reader<'_>) -> Result<(), Fault> {
        if self.value.is_some() {
            return Err(duplicate());
        }
        self.value = Some(T::decode(reader)?);
        Ok(())
    }
}

#[cold]
#[inline(never)]
fn missing() -> Fault {
    FaultKind::MissingKey.into()
}

#[cold]
#[inline(never)]
fn duplicate() -> Fault {
    FaultKind::DuplicateKey.into()
}
