//! Records with many fields: a table with the operations of each field, and loops over the table.
//!
//! - No frame grows with the number of fields, in any build, and rustc's time grows in proportion to it.
//!   The macro expands records with few fields in place, which is faster.
//! - A value that is being read is filled in its final place. After a fault, or a field's panic, the
//!   fields that were filled are dropped.

use crate::error::{Fault, FaultKind, within};
use crate::value::pod::TextForm;
use crate::value::{cbor, pod};
use std::mem::{ManuallyDrop, MaybeUninit};

/// The operations of one field of the record `T`, but for those of its C form.
pub struct WideField<T> {
    /// The key on the wire.
    pub name: &'static str,
    /// Writes the CBOR form.
    pub encode: fn(&T, &mut cbor::Writer<'_>) -> Result<(), Fault>,
    /// Reads the CBOR form into the place.
    pub decode: unsafe fn(*mut T, &mut cbor::Reader<'_>) -> Result<(), Fault>,
    /// Puts the value of a missing key into the place; returns `false` where the key is required.
    pub absent: unsafe fn(*mut T, &mut cbor::Reader<'_>) -> Result<bool, Fault>,
    /// Drops the value in the place.
    pub drop: unsafe fn(*mut T),
}

/// The operations of the C form of one field of the record `T`, whose C form is `P` where text has the form `F`.
pub struct WidePod<T, P, F: TextForm> {
    /// Copies the C form into the place.
    pub from_pod: unsafe fn(*const P, *mut T, &mut pod::Reader<F>) -> Result<(), Fault>,
    /// Writes the C form.
    pub write_pod: unsafe fn(&mut T, *mut P, &mut pod::Writer<F>) -> Result<(), Fault>,
    /// The same of a value that is shared.
    pub write_shared: unsafe fn(&T, *mut P, &mut pod::Writer<F>) -> Result<(), Fault>,
}

/// Puts a value that was read into its place.
///
/// # Errors
/// The fault of reading it.
///
/// # Safety
/// `place` must be writable and aligned.
pub unsafe fn fill<V>(place: *mut V, value: Result<V, Fault>) -> Result<(), Fault> {
    let value = value?;
    // SAFETY: the caller's promise.
    unsafe { place.write(value) };
    Ok(())
}

/// Does the same with a value that may be missing; returns whether it was present.
///
/// # Errors
/// The fault of reading it.
///
/// # Safety
/// As for [`fill`].
pub unsafe fn fill_if_any<V>(place: *mut V, value: Result<Option<V>, Fault>) -> Result<bool, Fault> {
    let Some(value) = value? else { return Ok(false) };
    // SAFETY: the caller's promise.
    unsafe { place.write(value) };
    Ok(true)
}

/// A record that is being read.
struct Partial<T: 'static> {
    value: MaybeUninit<T>,
    fields: &'static [WideField<T>],
    /// Whether each field is in its place.
    is_filled: Vec<bool>,
}

impl<T> Partial<T> {
    fn new(fields: &'static [WideField<T>]) -> Self {
        Self { value: MaybeUninit::uninit(), fields, is_filled: vec![false; fields.len()] }
    }

    fn fill(
        &mut self,
        at: usize,
        fill: impl FnOnce(&WideField<T>, *mut T) -> Result<bool, Fault>,
    ) -> Result<(), Fault> {
        let fields = self.fields;
        let field = &fields[at];
        if self.is_filled[at] {
            return within(field.name, Err(FaultKind::DuplicateKey.into()));
        }
        self.is_filled[at] = within(field.name, fill(field, self.value.as_mut_ptr()))?;
        Ok(())
    }

    /// Reads the entries of a map; the search for a key begins behind the last one that was found.
    fn read(&mut self, reader: &mut cbor::Reader<'_>) -> Result<(), Fault> {
        let (mut next, fields) = (0, self.fields);
        reader.entries(|reader, key| {
            let (before, from) = fields.split_at(next);
            let is_it = |field: &WideField<T>| field.name == key;
            let found = from.iter().position(is_it).map(|at| next + at).or_else(|| before.iter().position(is_it));
            let Some(at) = found else { return reader.skip() };
            next = at + 1;
            // SAFETY: the place is the value's, and this field's part of it is empty.
            self.fill(at, |field, place| unsafe { (field.decode)(place, reader) }.map(|()| true))
        })
    }

    /// Fills the fields whose keys are missing, where they are not required.
    fn complete(&mut self, reader: &mut cbor::Reader<'_>) -> Result<(), Fault> {
        for at in 0..self.fields.len() {
            if !self.is_filled[at] {
                // SAFETY: as above.
                self.fill(at, |field, place| unsafe { (field.absent)(place, reader) })?;
            }
            if !self.is_filled[at] {
                return within(self.fields[at].name, Err(FaultKind::MissingKey.into()));
            }
        }
        Ok(())
    }

    /// Returns the record, each field of which is in its place.
    fn into_whole(self) -> T {
        debug_assert!(self.is_filled.iter().all(|&is_filled| is_filled));
        let mut whole = ManuallyDrop::new(self);
        drop(std::mem::take(&mut whole.is_filled));
        // SAFETY: each field was filled, and the partial value is not used again.
        unsafe { whole.value.assume_init_read() }
    }
}

impl<T> Drop for Partial<T> {
    fn drop(&mut self) {
        let place = self.value.as_mut_ptr();
        for (field, _) in self.fields.iter().zip(&self.is_filled).filter(|(_, is_filled)| **is_filled) {
            // SAFETY: the field is in its place, and this is its one drop.
            unsafe { (field.drop)(place) };
        }
    }
}

/// Reads the CBOR form of a record.
///
/// # Errors
/// As [`FfiType::decode`](crate::FfiType::decode).
///
/// # Safety
/// `fields` must be all fields of `T`, and the operations of each must keep to its own part of the place.
pub unsafe fn decode_wide<T>(reader: &mut cbor::Reader<'_>, fields: &'static [WideField<T>]) -> Result<T, Fault> {
    reader.charge_block(fields.len())?;
    let mut partial = Partial::new(fields);
    partial.read(reader)?;
    partial.complete(reader)?;
    let value = partial.into_whole();
    reader.give_back(fields.len());
    Ok(value)
}

/// Copies the C form of a record.
///
/// # Errors
/// As [`FfiType::from_pod`](crate::FfiType::from_pod).
///
/// # Safety
/// As for [`decode_wide`], and `forms` must be of the same fields; `pod` must be as for [`FfiType::from_pod`](crate::FfiType::from_pod).
pub unsafe fn wide_from_pod<T, P, F: TextForm>(
    pod: *const P,
    reader: &mut pod::Reader<F>,
    fields: &'static [WideField<T>],
    forms: &[WidePod<T, P, F>],
) -> Result<T, Fault> {
    reader.charge_block(fields.len())?;
    let mut partial = Partial::new(fields);
    reader.record(|reader| {
        for (at, form) in forms.iter().enumerate() {
            // SAFETY: the caller's promise about `pod`; the place is the value's, and empty.
            partial.fill(at, |_, place| unsafe { (form.from_pod)(pod, place, reader) }.map(|()| true))?;
        }
        Ok(())
    })?;
    let value = partial.into_whole();
    reader.give_back(fields.len());
    Ok(value)
}

/// Writes the C form of a record.
///
/// # Errors
/// As [`FfiType::write_pod`](crate::FfiType::write_pod).
///
/// # Safety
/// As for [`FfiType::write_pod`](crate::FfiType::write_pod); `forms` must be of the same fields as `fields`.
pub unsafe fn write_wide<T, P, F: TextForm>(
    value: &mut T,
    place: *mut P,
    writer: &mut pod::Writer<F>,
    fields: &'static [WideField<T>],
    forms: &[WidePod<T, P, F>],
) -> Result<(), Fault> {
    writer.record(|writer| {
        for (field, form) in fields.iter().zip(forms) {
            // SAFETY: the caller's promise.
            within(field.name, unsafe { (form.write_pod)(value, place, writer) })?;
        }
        Ok(())
    })
}

/// Writes the C form of a record that is shared.
///
/// # Errors
/// As [`FfiType::write_shared`](crate::FfiType::write_shared).
///
/// # Safety
/// As for [`write_wide`].
pub unsafe fn write_wide_shared<T, P, F: TextForm>(
    value: &T,
    place: *mut P,
    writer: &mut pod::Writer<F>,
    fields: &'static [WideField<T>],
    forms: &[WidePod<T, P, F>],
) -> Result<(), Fault> {
    writer.record(|writer| {
        for (field, form) in fields.iter().zip(forms) {
            // SAFETY: the caller's promise.
            within(field.name, unsafe { (form.write_shared)(value, place, writer) })?;
        }
        Ok(())
    })
}

/// Writes the CBOR form of a record.
///
/// # Errors
/// As [`FfiType::encode`](crate::FfiType::encode).
pub fn encode_wide<T>(value: &T, writer: &mut cbor::Writer<'_>, fields: &'static [WideField<T>]) -> Result<(), Fault> {
    writer.begin_record(fields.len())?;
    for field in fields {
        writer.text(field.name);
        within(field.name, (field.encode)(value, writer))?;
    }
    writer.end_record();
    Ok(())
}
