//! Records and parameters as tables of their fields, read and written in one way on both paths.
//!
//! - Generated code has a table, one `read` and one `write`, which name each field once. A [`FieldReader`] or a
//!   [`FieldWriter`] is the path: C memory or CBOR.
//! - The entries of a map are read where the fields stand, while they keep to the order of the declaration. From the
//!   first one on that does not, the rest of the map is read in its own order, each value into its place in a record
//!   that is kept aside, and the fields take theirs from there. So faults come in the order of the entries.

use crate::error::{Fault, FaultKind, within};
use crate::schema::{Describe, ItemName, MemberName, Param, SchemaBuilder, Type};
use crate::value::cbor::Map;
use crate::value::{cbor, pod};
use std::mem::MaybeUninit;

/// One field of a record, or one parameter of a function.
pub struct Field {
    name: MemberName,
    docs: &'static [&'static str],
    /// How many bytes into the Rust value it stands.
    in_value: usize,
    /// How many bytes into the C form it stands.
    in_pod: usize,
    ty: FieldType,
}

impl Field {
    /// The same field, so many bytes into the Rust value.
    #[must_use]
    pub const fn at(mut self, in_value: usize) -> Self {
        self.in_value = in_value;
        self
    }
}

/// The table of these fields, each of which follows the one before in the C form.
pub const fn fields<const N: usize>(mut fields: [Field; N]) -> [Field; N] {
    let (mut end, mut at) = (0_usize, 0);
    while at < N {
        let ty = fields[at].ty;
        fields[at].in_pod = end.next_multiple_of(ty.pod_align);
        end = fields[at].in_pod + ty.pod_size;
        at += 1;
    }
    fields
}

/// What the table says of a field's type.
#[derive(Clone, Copy)]
pub struct FieldType {
    pod_size: usize,
    pod_align: usize,
    describe: Describe,
    decode: unsafe fn(*mut u8, &mut cbor::Reader<'_>) -> Result<(), Fault>,
    drop: unsafe fn(*mut u8),
}

impl FieldType {
    /// The type `T` of the C form `P`: its description, and what decodes a value into its place.
    pub(crate) const fn new<T, P>(
        describe: Describe,
        decode: unsafe fn(*mut u8, &mut cbor::Reader<'_>) -> Result<(), Fault>,
    ) -> Self {
        Self { pod_size: size_of::<P>(), pod_align: align_of::<P>(), describe, decode, drop: drop_at::<T> }
    }

    /// The field of this type with a name in C, one in Rust, and documentation.
    pub const fn named(self, name: &'static str, rust_name: &'static str, docs: &'static [&'static str]) -> Field {
        Field { name: MemberName { name, rust_name }, docs, in_value: 0, in_pod: 0, ty: self }
    }
}

/// Drops the value at a place.
///
/// # Safety
/// `place` must hold a value of `T`, aligned, which nobody uses after this.
unsafe fn drop_at<T>(place: *mut u8) {
    // SAFETY: the caller's promise.
    unsafe { place.cast::<T>().drop_in_place() };
}

/// A type whose values are read field by field: a record, or the parameters of a function.
///
/// # Safety
/// The table that [`Fields::read`] hands on must have each field of the value once, with its own places in the value
/// and in the C form and with its own type; and the field at each index must be read as that type.
pub unsafe trait Fields: Sized + Send + 'static {
    /// The C form.
    type Pod: 'static;

    /// The table, in the order of the declaration.
    fn fields() -> &'static [Field];

    /// Reads each field in its turn.
    ///
    /// # Errors
    /// The first fault, with the path to it.
    fn read<R: FieldReader>(from: &mut R) -> Result<Self, Fault>;
}

/// A type whose values are written field by field as well.
///
/// # Safety
/// As for [`Fields`]: [`Record::write`] must write the field at each index as its type.
pub unsafe trait Record: Fields {
    /// Writes each field in its turn.
    ///
    /// # Errors
    /// The first fault, with the path to it.
    fn write<W: FieldWriter>(to: &mut W) -> Result<(), Fault>;
}

/// The parameters of a function, which are read and never written.
pub trait Parameters: Fields {
    /// The most stack, in bytes, that reading them takes in a build without optimisation.
    const STACK: usize;
}

/// A path that fields are read from.
///
/// # Safety
/// `from_pod` must be handed the place of the field in a C form that is as
/// [`FfiType::from_pod`](crate::FfiType::from_pod) wants it.
pub unsafe trait FieldReader {
    /// Reads the field at an index of a table, by one of the three.
    ///
    /// # Errors
    /// The value's fault, or that it is missing, with the field's name.
    fn field<V, P>(
        &mut self,
        fields: &'static [Field],
        at: usize,
        from_pod: impl FnOnce(*const P, &mut pod::Reader) -> Result<V, Fault>,
        decode: impl FnOnce(&mut cbor::Reader<'_>) -> Result<V, Fault>,
        absent: impl FnOnce(&mut cbor::Reader<'_>) -> Result<Option<V>, Fault>,
    ) -> Result<V, Fault>;
}

/// A path that fields are written to.
///
/// # Safety
/// `write_pod` must be handed the place of the field in a C form that is as
/// [`FfiType::write_pod`](crate::FfiType::write_pod) wants it.
pub unsafe trait FieldWriter {
    /// Writes a field of a table, by one of the two.
    ///
    /// # Errors
    /// The value's fault, with the field's name.
    fn field<V, P>(
        &mut self,
        field: &'static Field,
        write_pod: impl FnOnce(&mut V, *mut P, &mut pod::Writer) -> Result<(), Fault>,
        encode: impl FnOnce(&V, &mut cbor::Writer<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault>;
}

/// Fields in C memory.
struct PodFields<'r> {
    pod: *const u8,
    reader: &'r mut pod::Reader,
}

// SAFETY: whoever makes one has a C form of the table's record there.
unsafe impl FieldReader for PodFields<'_> {
    #[inline(always)]
    fn field<V, P>(
        &mut self,
        fields: &'static [Field],
        at: usize,
        from_pod: impl FnOnce(*const P, &mut pod::Reader) -> Result<V, Fault>,
        _decode: impl FnOnce(&mut cbor::Reader<'_>) -> Result<V, Fault>,
        _absent: impl FnOnce(&mut cbor::Reader<'_>) -> Result<Option<V>, Fault>,
    ) -> Result<V, Fault> {
        let field = &fields[at];
        within(field.name.name, from_pod(self.pod.wrapping_add(field.in_pod).cast(), self.reader))
    }
}

/// Fields in the entries of a map.
struct MapFields<'r, 'i, T: 'static> {
    reader: &'r mut cbor::Reader<'i>,
    map: Map,
    /// Whether nothing may follow the map.
    is_request: bool,
    /// What the map's rest held, once an entry stood out of the order of the declaration.
    kept: Option<Kept<T>>,
}

// SAFETY: it has no C form.
unsafe impl<T> FieldReader for MapFields<'_, '_, T> {
    #[inline(always)]
    fn field<V, P>(
        &mut self,
        fields: &'static [Field],
        at: usize,
        _from_pod: impl FnOnce(*const P, &mut pod::Reader) -> Result<V, Fault>,
        decode: impl FnOnce(&mut cbor::Reader<'_>) -> Result<V, Fault>,
        absent: impl FnOnce(&mut cbor::Reader<'_>) -> Result<Option<V>, Fault>,
    ) -> Result<V, Fault> {
        let name = fields[at].name.name;
        if self.kept.is_none() {
            if self.map.take(self.reader, name) {
                return within(name, decode(self.reader));
            }
            self.kept = Some(Kept::read(self.reader, self.map, self.is_request, fields, at)?);
        }
        match self.kept.as_mut().and_then(|kept| kept.take(at)) {
            Some(value) => Ok(value),
            None => within(name, absent(self.reader).and_then(|value| value.ok_or_else(missing))),
        }
    }
}

impl<T: Fields> MapFields<'_, '_, T> {
    /// The record, and the map read to its end.
    #[inline(always)]
    fn read(mut self) -> Result<T, Fault> {
        let value = T::read(&mut self)?;
        if self.kept.is_none() {
            self.end()?;
        }
        Ok(value)
    }

    /// Reads what follows the last field.
    #[inline(always)]
    fn end(&mut self) -> Result<(), Fault> {
        if !self.map.is_over() {
            let fields = T::fields();
            Kept::<T>::read(self.reader, self.map, self.is_request, fields, fields.len())?;
        } else if self.is_request {
            self.reader.finish()?;
        }
        Ok(())
    }
}

/// A record some of whose fields are in their places.
struct Kept<T: 'static> {
    value: MaybeUninit<T>,
    fields: &'static [Field],
    is_filled: Flags,
}

impl<T> Kept<T> {
    /// Reads the rest of a map; the fields before an index were read.
    #[cold]
    #[inline(never)]
    fn read(
        reader: &mut cbor::Reader<'_>,
        map: Map,
        is_request: bool,
        fields: &'static [Field],
        first: usize,
    ) -> Result<Self, Fault> {
        let mut kept = Self { value: MaybeUninit::uninit(), fields, is_filled: Flags::default() };
        let place = kept.value.as_mut_ptr().cast::<u8>();
        // SAFETY: the place is that of a value with these fields, which is empty.
        unsafe { fill(reader, map, fields, first, place, &mut kept.is_filled) }?;
        if is_request {
            reader.finish()?;
        }
        Ok(kept)
    }

    /// The value of the field at an index, where it came.
    fn take<V>(&mut self, at: usize) -> Option<V> {
        let place = self.value.as_ptr().cast::<u8>().wrapping_add(self.fields[at].in_value);
        // SAFETY: the field is in its place and of the type that it is read as; it is not there any more.
        self.is_filled.clear(at).then(|| unsafe { place.cast::<V>().read() })
    }
}

impl<T> Drop for Kept<T> {
    fn drop(&mut self) {
        let place = self.value.as_mut_ptr().cast::<u8>();
        for (at, field) in self.fields.iter().enumerate() {
            if self.is_filled.clear(at) {
                // SAFETY: the field is in its place, and this is its one drop.
                unsafe { (field.ty.drop)(place.wrapping_add(field.in_value)) };
            }
        }
    }
}

/// Reads the entries of a map that are left, each into the place of its field. One loop serves every record.
///
/// # Safety
/// `place` must be that of a value with these fields, which is writable, aligned and empty where `is_filled` says so.
unsafe fn fill(
    reader: &mut cbor::Reader<'_>,
    map: Map,
    fields: &'static [Field],
    first: usize,
    place: *mut u8,
    is_filled: &mut Flags,
) -> Result<(), Fault> {
    reader.rest(map, |reader, key| {
        let Some(at) = fields.iter().position(|field| field.name.name == key) else { return reader.skip() };
        let field = &fields[at];
        if at < first || is_filled.has(at) {
            return within(field.name.name, Err(FaultKind::DuplicateKey.into()));
        }
        // SAFETY: the caller's promise; nothing is in this field's place.
        within(field.name.name, unsafe { (field.ty.decode)(place.wrapping_add(field.in_value), reader) })?;
        is_filled.set(at);
        Ok(())
    })
}

/// Which fields of a table are in their places. Records in tables of this kind are small; parameters may be many.
#[derive(Default)]
struct Flags {
    first: u64,
    more: Vec<usize>,
}

impl Flags {
    fn bit(at: usize) -> u64 {
        u32::try_from(at).ok().and_then(|at| 1_u64.checked_shl(at)).unwrap_or(0)
    }

    fn has(&self, at: usize) -> bool {
        self.first & Self::bit(at) != 0 || self.more.contains(&at)
    }

    fn set(&mut self, at: usize) {
        match Self::bit(at) {
            0 => self.more.push(at),
            bit => self.first |= bit,
        }
    }

    /// Whether it was set.
    fn clear(&mut self, at: usize) -> bool {
        let was_set = self.has(at);
        self.first &= !Self::bit(at);
        self.more.retain(|&other| other != at);
        was_set
    }
}

/// Fields of a value that is mirrored.
struct MirroredFields<'w> {
    value: *mut u8,
    place: *mut u8,
    writer: &'w mut pod::Writer,
}

// SAFETY: whoever makes one has the place of a C form of the table's record there.
unsafe impl FieldWriter for MirroredFields<'_> {
    #[inline(always)]
    fn field<V, P>(
        &mut self,
        field: &'static Field,
        write_pod: impl FnOnce(&mut V, *mut P, &mut pod::Writer) -> Result<(), Fault>,
        _encode: impl FnOnce(&V, &mut cbor::Writer<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let value = self.value.wrapping_add(field.in_value).cast::<V>();
        // SAFETY: the field of a value that is borrowed mutably for as long, of the type that the table says.
        let value = unsafe { &mut *value };
        within(field.name.name, write_pod(value, self.place.wrapping_add(field.in_pod).cast(), self.writer))
    }
}

/// Fields of a value that is encoded.
struct EncodedFields<'w, 'b> {
    value: *const u8,
    writer: &'w mut cbor::Writer<'b>,
}

// SAFETY: it has no C form.
unsafe impl FieldWriter for EncodedFields<'_, '_> {
    #[inline(always)]
    fn field<V, P>(
        &mut self,
        field: &'static Field,
        _write_pod: impl FnOnce(&mut V, *mut P, &mut pod::Writer) -> Result<(), Fault>,
        encode: impl FnOnce(&V, &mut cbor::Writer<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let value = self.value.wrapping_add(field.in_value).cast::<V>();
        // SAFETY: the field of a value that is borrowed for as long, of the type that the table says.
        let value = unsafe { &*value };
        self.writer.key::<P>(field.name.name);
        within(field.name.name, encode(value, self.writer))
    }
}

/// Copies the C form of a record.
///
/// # Errors
/// As [`FfiType::from_pod`](crate::FfiType::from_pod).
///
/// # Safety
/// As for [`FfiType::from_pod`](crate::FfiType::from_pod).
#[inline]
pub unsafe fn record_from_pod<T: Record>(pod: *const T::Pod, reader: &mut pod::Reader) -> Result<T, Fault> {
    reader.record(|reader| T::read(&mut PodFields { pod: pod.cast(), reader }))
}

/// Copies the C forms of parameters, which are no level of their own.
///
/// # Errors
/// As [`FfiType::from_pod`](crate::FfiType::from_pod).
///
/// # Safety
/// As for [`FfiType::from_pod`](crate::FfiType::from_pod).
#[inline]
pub(crate) unsafe fn parameters_from_pod<T: Parameters>(
    pod: *const T::Pod,
    reader: &mut pod::Reader,
) -> Result<T, Fault> {
    T::read(&mut PodFields { pod: pod.cast(), reader })
}

/// Reads the CBOR form of a record.
///
/// # Errors
/// As [`FfiType::decode`](crate::FfiType::decode).
#[inline]
pub fn decode_record<T: Record>(reader: &mut cbor::Reader<'_>) -> Result<T, Fault> {
    reader.record(|reader, map| MapFields { reader, map, is_request: false, kept: None }.read())
}

/// Reads the CBOR form of a request's parameters.
///
/// # Errors
/// As [`FfiType::decode`](crate::FfiType::decode), or what follows the map.
#[inline]
pub(crate) fn decode_parameters<T: Parameters>(reader: &mut cbor::Reader<'_>) -> Result<T, Fault> {
    let map = reader.request()?;
    MapFields { reader, map, is_request: true, kept: None }.read()
}

/// Writes the C form of a record.
///
/// # Errors
/// As [`FfiType::write_pod`](crate::FfiType::write_pod).
///
/// # Safety
/// As for [`FfiType::write_pod`](crate::FfiType::write_pod).
#[inline]
pub unsafe fn write_record<T: Record>(
    value: &mut T,
    place: *mut T::Pod,
    writer: &mut pod::Writer,
) -> Result<(), Fault> {
    let value = (&raw mut *value).cast();
    writer.record(|writer| T::write(&mut MirroredFields { value, place: place.cast(), writer }))
}

/// Writes the CBOR form of a record.
///
/// # Errors
/// As [`FfiType::encode`](crate::FfiType::encode).
#[inline]
pub fn encode_record<T: Record>(value: &T, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
    let value = (&raw const *value).cast();
    writer.record(T::fields().len(), |writer| T::write(&mut EncodedFields { value, writer }))
}

/// Names a mirror, before a body names what else of the type there is: rustc words a type that does not cross in one
/// way where its mirror is named, and tells it once.
#[inline(always)]
pub const fn mirror<P>() {}

/// Describes the record `T`, whose C form is `P`.
pub fn describe_record<T: 'static, P>(schema: &mut SchemaBuilder, item: ItemName, fields: &'static [Field]) -> Type {
    schema.record::<T, P>(item, |builder| {
        for field in fields {
            builder.add(field.name, field.docs, field.in_pod, field.ty.describe);
        }
    })
}

/// Describes the parameters of a function.
pub(crate) fn describe_parameters(schema: &mut SchemaBuilder, fields: &'static [Field]) -> Vec<Param> {
    schema.params(|builder| {
        for field in fields {
            builder.add(field.name, field.docs, field.ty.describe);
        }
    })
}

#[cold]
#[inline(never)]
fn missing() -> Fault {
    FaultKind::MissingKey.into()
}
