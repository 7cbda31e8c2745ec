//! The types that cross the boundary: one trait, and the built-in types that implement it.
//!
//! One trait holds the C form, the CBOR form and the description of a type, so that rustc tells a type without it once.

mod array;
mod boxed;
mod cow;
mod entry;
mod formatted;
mod list;
mod map;
mod memory;
mod non_zero;
mod option;
pub(crate) mod present;
pub(crate) mod record;
mod scalar;
mod set;
mod shared;
mod text;
mod time;
mod tuple;
mod wide_integer;

use crate::error::{Fault, missing_key, within};
use crate::nesting::Nesting;
use crate::schema::{FieldsBuilder, Layouts, SchemaBuilder, Type};
use crate::stack;
use crate::value::field::{Crossed, Entry};
use crate::value::pod::{
    ByLength, NulTerminated, PodList, Pointed, RawBytes, ReadFields, TextForm, WriteFields, check_lent,
};
use crate::value::{cbor, pod};
use std::alloc::Layout;

/// A type that crosses the boundary, on both paths and in both directions.
///
/// `#[ffi]` implements it for a struct or an enum, the runtime for the built-in types. The methods are for both.
///
/// The `list` functions define how a `Vec` of the type crosses, since `Vec<u8>` crosses as bytes and no array.
///
/// # Safety
/// - [`FfiType::Pod`] must be a `#[repr(C)]` type (or a C scalar) that holds no reference, has
///   no invalid bit patterns, is valid when all its bytes are zero and needs no drop.
/// - It must be the form that C reads of what [`FfiType::describe`], or for a list [`FfiType::describe_list`], tells.
/// - A value must be fit to be sent to another thread, as for [`Send`]. This is a promise and no bound, because rustc
///   would tell of a type without the trait once more for each part of it that is not `Send`.
/// - What [`FfiType::write_pod`], [`FfiType::list_to_pod`], [`FfiType::raw_bytes`] and
///   [`FfiType::list_raw_bytes`] write and return must point to as many valid elements as they say,
///   until the value or the writer is changed or dropped.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross the FFI boundary",
    label = "not a type that crosses",
    note = "these cross: numbers, `bool`, `char`, text, paths, times and network addresses; structs and enums with `#[ffi]` on them; and `Vec`, `Option`, `Box`, `Arc`, `Cow<'static, _>`, arrays, tuples, maps and sets of what crosses",
    note = "put `#[ffi]` on your own type (an error with `flat` or `text` goes out only, as the `E` of a `Result`); instead of an `Rc` write an `Arc`; what a cell or a lock holds crosses as the value itself; a key of a map or a set is `Eq` and `Hash`, or `Ord`, which no float is"
)]
pub unsafe trait FfiType: Sized + 'static {
    /// The C form in a library whose text has the form `F`.
    type Pod<F: TextForm>: 'static;

    /// Whether a native parameter of the type is a pointer to its C form, as where that holds a union; see
    /// [`Passed`](crate::Passed).
    const BY_POINTER: bool = false;

    /// The most stack, in bytes, that reading, writing or mirroring a value takes in a build without
    /// optimisation, up to the next list or box; 0 where it takes hardly any.
    const STACK: usize = 0;

    /// Copies the C form into an owned value.
    ///
    /// # Errors
    /// A fault with the path to it, seen from this value.
    ///
    /// # Safety
    /// `pod` must be readable, aligned and hold a value of the C form: its pointers NULL or
    /// pointing to what their lengths say, all for the whole call.
    unsafe fn from_pod<F: TextForm>(pod: *const Self::Pod<F>, reader: &mut pod::Reader<F>) -> Result<Self, Fault>;

    /// Writes the C form, which may point into `self` and into `writer`.
    ///
    /// # Errors
    /// A fault with the path to it, seen from this value.
    ///
    /// # Safety
    /// `place` must be writable, aligned and zeroed. What is written stays valid until `self`
    /// is changed or dropped, or `writer` is dropped.
    unsafe fn write_pod<F: TextForm>(
        &mut self,
        place: *mut Self::Pod<F>,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault>;

    /// Writes the C form of a value that is shared, as a key is, and so cannot be changed.
    ///
    /// # Errors
    /// A fault with the path to it, seen from this value.
    ///
    /// # Safety
    /// As for [`FfiType::write_pod`].
    unsafe fn write_shared<F: TextForm>(
        &self,
        place: *mut Self::Pod<F>,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault>;

    /// Writes the CBOR form.
    ///
    /// # Errors
    /// A fault with the path to it, seen from this value.
    fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault>;

    /// Reads the CBOR form.
    ///
    /// # Errors
    /// A fault with the path to it, seen from this value.
    fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault>;

    /// Describes the type, and adds the definitions of records and enumerations in it to the library's description.
    fn describe(schema: &mut SchemaBuilder) -> Type;

    /// Returns the value of a key that is missing on the wire; `None` where the key is required. Its memory
    /// counts against the request's limit, as that of a value that is present does.
    ///
    /// # Errors
    /// [`FaultKind::OverBudget`](crate::FaultKind::OverBudget).
    fn absent(_reader: &mut cbor::Reader<'_>) -> Result<Option<Self>, Fault> {
        Ok(None)
    }

    /// Returns the bytes of a whole result that crosses natively as bytes, in `self` or in `writer`, and not as its C form.
    ///
    /// # Errors
    /// [`FaultKind::OutOfMemory`](crate::FaultKind::OutOfMemory).
    fn raw_bytes<F: TextForm>(&mut self, _writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault> {
        Ok(None)
    }

    /// The same of a value that is shared.
    ///
    /// # Errors
    /// As for [`FfiType::raw_bytes`].
    fn raw_shared<F: TextForm>(&self, _writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault> {
        Ok(None)
    }

    /// Copies a list of the C form.
    ///
    /// # Errors
    /// A fault with the path to it, seen from the list.
    ///
    /// # Safety
    /// `list` must have as many readable, aligned elements as it says, each as in [`FfiType::from_pod`].
    unsafe fn list_from_pod<F: TextForm>(
        list: PodList<Self::Pod<F>>,
        reader: &mut pod::Reader<F>,
    ) -> Result<Vec<Self>, Fault> {
        check_room::<Self>(reader.nesting())?;
        // SAFETY: the caller vouches for as many elements.
        let each = |element, reader: &mut _| apart_for::<Self, _>(|| unsafe { Self::from_pod(element, reader) });
        reader.elements(list, each)
    }

    /// Writes the C form of every element and returns the address of the first.
    ///
    /// # Errors
    /// A fault with the path to it, seen from the list.
    fn list_to_pod<F: TextForm>(items: &mut [Self], writer: &mut pod::Writer<F>) -> Result<*mut Self::Pod<F>, Fault> {
        check_room::<Self>(writer.nesting())?;
        // SAFETY: the places are zeroed, aligned and owned by the writer.
        writer.elements(items.iter_mut(), |item, place, writer| unsafe { item.write_pod(place, writer) })
    }

    /// Writes the CBOR form of a list.
    ///
    /// # Errors
    /// A fault with the path to it, seen from the list.
    fn encode_list(items: &[Self], writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
        writer.list(items.len(), check_room::<Self>, |writer| {
            for (index, item) in items.iter().enumerate() {
                item.encode(writer).map_err(|fault| fault.at_index(index))?;
            }
            Ok(())
        })
    }

    /// Reads the CBOR form of a list.
    ///
    /// # Errors
    /// A fault with the path to it, seen from the list.
    fn decode_list(reader: &mut cbor::Reader<'_>) -> Result<Vec<Self>, Fault> {
        let count = reader.array()?;
        decode_elements(reader, count)
    }

    /// Describes a list of the type.
    fn describe_list(schema: &mut SchemaBuilder) -> Type {
        Type::List(Box::new(Self::describe(schema)))
    }

    /// As [`FfiType::raw_bytes`], for a list of the type.
    fn list_raw_bytes(_items: &[Self]) -> Option<RawBytes> {
        None
    }

    /// Whether a list is one level of nesting.
    const LIST_NESTS: bool = true;

    /// Whether it is described as `u8`, so that an array of it is bytes.
    const IS_U8: bool = false;

    /// [`FfiType::STACK`], for expansions.
    #[doc(hidden)]
    const BOUND: stack::Bound<Self::Pod<ByLength>> = stack::Bound::new(Self::STACK);

    /// [`FfiType::BY_POINTER`], for expansions.
    #[doc(hidden)]
    const POINTED: Pointed<Self::Pod<ByLength>> = Pointed::new(Self::BY_POINTER);

    /// Reads the next field of a C form. Like the methods that follow, it is for expansions, which name a field's
    /// type in each of these calls and nowhere else.
    ///
    /// # Errors
    /// The value's fault, with the field's or element's name; so do those that say nothing else.
    #[doc(hidden)]
    #[inline(always)]
    fn read_field<F: TextForm>(
        fields: &mut ReadFields<'_, F>,
        name: &'static str,
    ) -> Result<Crossed<Self::Pod<F>, Self>, Fault> {
        let (pod, reader) = fields.next::<Self::Pod<F>>();
        // SAFETY: whoever walks the fields has a C form of this type there.
        let value = within(name, unsafe { Self::from_pod(pod, reader) })?;
        Ok(Crossed::new(value))
    }

    /// Reads the next parameter, whose C form stands there or behind a pointer.
    ///
    /// # Errors
    /// The value's fault, or that of the pointer, with the parameter's name.
    #[doc(hidden)]
    #[inline(always)]
    fn read_param<F: TextForm>(
        fields: &mut ReadFields<'_, F>,
        name: &'static str,
    ) -> Result<Crossed<Self::Pod<F>, Self>, Fault> {
        if !Self::BY_POINTER {
            return Self::read_field(fields, name);
        }
        let (param, reader) = fields.next::<*const Self::Pod<F>>();
        // SAFETY: whoever walks the parameters has a pointer there.
        let pod = within(name, check_lent(unsafe { param.read() }))?;
        // SAFETY: the C form of this type stands there.
        let value = within(name, unsafe { Self::from_pod(pod, reader) })?;
        Ok(Crossed::new(value))
    }

    /// Writes the next field of a C form.
    #[doc(hidden)]
    #[inline(always)]
    fn write_field<F: TextForm>(
        &mut self,
        fields: &mut WriteFields<'_, F>,
        name: &'static str,
    ) -> Result<Crossed<Self::Pod<F>>, Fault> {
        let (place, writer) = fields.next::<Self::Pod<F>>();
        // SAFETY: whoever walks the fields has the place of a C form of this type there.
        within(name, unsafe { self.write_pod(place, writer) })?;
        Ok(Crossed::new(()))
    }

    /// Writes the next field of a record's C form that is shared.
    #[doc(hidden)]
    #[inline(always)]
    fn write_shared_field<F: TextForm>(
        &self,
        fields: &mut WriteFields<'_, F>,
        name: &'static str,
    ) -> Result<Crossed<Self::Pod<F>>, Fault> {
        let (place, writer) = fields.next::<Self::Pod<F>>();
        // SAFETY: whoever walks the fields has the place of a C form of this type there.
        within(name, unsafe { self.write_shared(place, writer) })?;
        Ok(Crossed::new(()))
    }

    /// Writes the key and the value of a field.
    #[doc(hidden)]
    #[inline(always)]
    fn encode_field(
        &self,
        writer: &mut cbor::Writer<'_>,
        name: &'static str,
    ) -> Result<Crossed<Self::Pod<ByLength>>, Fault> {
        writer.key(name);
        within(name, self.encode(writer))?;
        Ok(Crossed::new(()))
    }

    /// Reads the next entry of a map if its key is `name`; returns an empty entry where it is another's.
    #[doc(hidden)]
    #[inline(always)]
    fn decode_field(
        map: &mut cbor::Map<'_, '_>,
        name: &'static str,
    ) -> Result<Entry<Self, Self::Pod<ByLength>>, Fault> {
        let value = if map.take_key(name) { Some(within(name, Self::decode(map.reader()))?) } else { None };
        Ok(Entry::new(value))
    }

    /// Writes a value without a key: the element of a tuple.
    #[doc(hidden)]
    #[inline(always)]
    fn encode_element(
        &self,
        writer: &mut cbor::Writer<'_>,
        name: &'static str,
    ) -> Result<Crossed<Self::Pod<ByLength>>, Fault> {
        within(name, self.encode(writer))?;
        Ok(Crossed::new(()))
    }

    /// Reads a value without a key: the element of a tuple, or what a variant holds.
    ///
    /// # Errors
    /// The value's fault, with the name of the element or the variant.
    #[doc(hidden)]
    #[inline(always)]
    fn decode_element(
        reader: &mut cbor::Reader<'_>,
        name: &'static str,
    ) -> Result<Crossed<Self::Pod<ByLength>, Self>, Fault> {
        let value = within(name, Self::decode(reader))?;
        Ok(Crossed::new(value))
    }

    /// Returns a field for the entries that do not come in the order of the declaration.
    #[doc(hidden)]
    #[inline(always)]
    fn late_field<'a>(name: &'static str, entry: &'a mut Entry<Self, Self::Pod<ByLength>>) -> cbor::LateField<'a> {
        (name, entry)
    }

    /// Returns the value of a key, or what [`FfiType::absent`] returns where it is missing.
    ///
    /// # Errors
    /// The fault of that, or [`FaultKind::MissingKey`](crate::FaultKind::MissingKey), with the field's name.
    #[doc(hidden)]
    #[inline(always)]
    fn or_absent(
        entry: Entry<Self, Self::Pod<ByLength>>,
        map: &mut cbor::Map<'_, '_>,
        name: &'static str,
    ) -> Result<Self, Fault> {
        match entry.value {
            Some(value) => Ok(value),
            None => within(name, Self::absent(map.reader()).and_then(|value| value.ok_or_else(missing_key))),
        }
    }

    /// Describes a field: its name in C and on the wire, in Rust, and its documentation.
    #[doc(hidden)]
    fn describe_field(
        fields: &mut FieldsBuilder<'_>,
        name: &str,
        rust_name: &str,
        docs: &[&str],
    ) -> Crossed<Self::Pod<ByLength>> {
        fields.add(name, rust_name, docs, Self::describe, layouts::<Self>());
        Crossed::new(())
    }
}

/// The layouts of a type's C form.
pub(crate) fn layouts<T: FfiType>() -> Layouts {
    const { pod::check_size::<T::Pod<ByLength>>() };
    Layouts { by_length: Layout::new::<T::Pod<ByLength>>(), c: Layout::new::<T::Pod<NulTerminated>>() }
}

/// Reads the elements of an array whose head was read.
fn decode_elements<T: FfiType>(reader: &mut cbor::Reader<'_>, count: Option<usize>) -> Result<Vec<T>, Fault> {
    reader.elements(count, check_room::<T>, |reader, items: &mut Vec<T>| {
        let index = items.len();
        apart_for::<T, _>(|| {
            items.push(T::decode(reader).map_err(|fault| fault.at_index(index))?);
            Ok(())
        })
    })
}

/// Checks that the thread's stack has room to read, write or mirror a list's element or a box's value.
#[inline(always)]
fn check_room<T: FfiType>(nesting: &Nesting) -> Result<(), Fault> {
    if T::STACK == 0 { Ok(()) } else { nesting.check_room(const { stack::of_value::<T>(T::STACK) }) }
}

/// Reads a value of `T` after [`check_room`], in frames of its own where they are large.
#[inline(always)]
fn apart_for<T: FfiType, R>(work: impl FnOnce() -> R) -> R {
    stack::apart(const { stack::of_value::<T>(T::STACK) }, work)
}
