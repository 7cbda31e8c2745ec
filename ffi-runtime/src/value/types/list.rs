//! `Vec<T>`, whose form its element type defines, and other lists: `VecDeque<T>`, `Box<[T]>`.

use super::memory::Charge;
use super::present::Present;
use super::{FfiType, check_room};
use crate::error::Fault;
use crate::schema::{SchemaBuilder, Type};
use crate::stack;
use crate::value::pod::{PodList, RawBytes, TextForm};
use crate::value::{cbor, pod};
use std::collections::VecDeque;

/// Copies a list.
///
/// # Safety
/// The list must have as many readable, aligned elements as it says, each as in [`FfiType::from_pod`].
#[inline]
unsafe fn read<T: FfiType, F: TextForm>(
    list: PodList<T::Pod<F>>,
    reader: &mut pod::Reader<F>,
) -> Result<Vec<T>, Fault> {
    if T::LIST_NESTS {
        reader.enter_list()?;
    }
    let items = match reader.array(list)? {
        // SAFETY: the array is aligned and neither NULL nor too long; that its elements
        // are readable is the caller's promise.
        Some(list) => unsafe { T::list_from_pod(list, reader) }?,
        None => Vec::new(),
    };
    if T::LIST_NESTS {
        reader.leave_list();
    }
    Ok(items)
}

/// Writes the C form of a list.
///
/// # Safety
/// As for [`FfiType::write_pod`].
#[inline]
pub(super) unsafe fn write<T: FfiType, F: TextForm>(
    items: &mut [T],
    place: *mut PodList<T::Pod<F>>,
    writer: &mut pod::Writer<F>,
) -> Result<(), Fault> {
    if T::LIST_NESTS {
        writer.enter_list()?;
    }
    if !items.is_empty() {
        let list = PodList { ptr: T::list_to_pod(items, writer)?, len: items.len() };
        // SAFETY: the caller promises a writable place; the type has no padding.
        unsafe { place.write(list) };
    }
    if T::LIST_NESTS {
        writer.leave_list();
    }
    Ok(())
}

/// Writes the C form of a list that is shared.
///
/// # Safety
/// As for [`FfiType::write_pod`].
pub(super) unsafe fn write_shared<T: FfiType, F: TextForm>(
    items: &[T],
    place: *mut PodList<T::Pod<F>>,
    writer: &mut pod::Writer<F>,
) -> Result<(), Fault> {
    if T::LIST_NESTS {
        writer.enter_list()?;
    }
    if !items.is_empty() {
        check_room::<T>(writer.nesting())?;
        // SAFETY: the places are zeroed, aligned and owned by the writer.
        let each = |item: &T, place, writer: &mut _| unsafe { item.write_shared(place, writer) };
        let ptr = match T::list_raw_bytes(items) {
            Some(raw) => raw.ptr.cast_mut().cast(),
            None => writer.elements(items.iter(), each)?,
        };
        let list = PodList { ptr, len: items.len() };
        // SAFETY: the caller promises a writable place; the type has no padding.
        unsafe { place.write(list) };
    }
    if T::LIST_NESTS {
        writer.leave_list();
    }
    Ok(())
}

// SAFETY: a `#[repr(C)]` pair of a pointer, for which NULL is valid, and a length.
unsafe impl<T: FfiType> FfiType for Vec<T> {
    type Pod<F: TextForm> = PodList<T::Pod<F>>;

    const STACK: usize = stack::OF_LEVEL;

    unsafe fn from_pod<F: TextForm>(pod: *const Self::Pod<F>, reader: &mut pod::Reader<F>) -> Result<Self, Fault> {
        // SAFETY: the caller promises a readable value.
        let list = unsafe { pod.read() };
        // SAFETY: the caller's promise.
        unsafe { read(list, reader) }
    }

    unsafe fn write_pod<F: TextForm>(
        &mut self,
        place: *mut Self::Pod<F>,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault> {
        // SAFETY: the caller's promise.
        unsafe { write(self, place, writer) }
    }

    unsafe fn write_shared<F: TextForm>(
        &self,
        place: *mut Self::Pod<F>,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault> {
        // SAFETY: the caller's promise.
        unsafe { write_shared(self, place, writer) }
    }

    fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
        T::encode_list(self, writer)
    }

    fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
        T::decode_list(reader)
    }

    fn describe(schema: &mut SchemaBuilder) -> Type {
        T::describe_list(schema)
    }

    fn raw_bytes<F: TextForm>(&mut self, _writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault> {
        Ok(T::list_raw_bytes(self))
    }

    fn raw_shared<F: TextForm>(&self, _writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault> {
        Ok(T::list_raw_bytes(self))
    }
}

impl<T: FfiType> Present for Vec<T> {}

/// Implements [`FfiType`] for what owns a list in another way.
macro_rules! lists {
    ($($list:ty: $make:path, $slice:ident, $write_shared:path, $raw_shared:path, $encode:path;)*) => {$(
        // SAFETY: as for the vector, which this is made from and made into.
        unsafe impl<T: FfiType> FfiType for $list {
            type Pod<F: TextForm> = PodList<T::Pod<F>>;

            const STACK: usize = stack::OF_LEVEL;

            unsafe fn from_pod<F: TextForm>(
                pod: *const Self::Pod<F>,
                reader: &mut pod::Reader<F>,
            ) -> Result<Self, Fault> {
                // SAFETY: the caller's promise.
                unsafe { Vec::from_pod(pod, reader) }.and_then(|items| $make(items, reader))
            }

            unsafe fn write_pod<F: TextForm>(
                &mut self,
                place: *mut Self::Pod<F>,
                writer: &mut pod::Writer<F>,
            ) -> Result<(), Fault> {
                // SAFETY: the caller's promise.
                unsafe { write(self.$slice(), place, writer) }
            }

            unsafe fn write_shared<F: TextForm>(
                &self,
                place: *mut Self::Pod<F>,
                writer: &mut pod::Writer<F>,
            ) -> Result<(), Fault> {
                // SAFETY: the caller's promise.
                unsafe { $write_shared(self, place, writer) }
            }

            fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
                $encode(self, writer)
            }

            fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
                T::decode_list(reader).and_then(|items| $make(items, reader))
            }

            fn describe(schema: &mut SchemaBuilder) -> Type {
                T::describe_list(schema)
            }

            fn raw_bytes<F: TextForm>(&mut self, _writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault> {
                Ok(T::list_raw_bytes(self.$slice()))
            }

            fn raw_shared<F: TextForm>(&self, writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault> {
                $raw_shared(self, writer)
            }
        }

        impl<T: FfiType> Present for $list {}
    )*};
}

lists! {
    Box<[T]>: boxed, as_mut, write_shared, raw_shared_boxed, encode_boxed;
    VecDeque<T>: deque, make_contiguous, write_shared_deque, raw_shared_deque, encode_deque;
}

/// Moves a list into memory of its own length.
fn boxed<T>(items: Vec<T>, charge: &mut impl Charge) -> Result<Box<[T]>, Fault> {
    let (len, capacity) = (items.len(), items.capacity());
    if len < capacity {
        charge.charge_block(len * size_of::<T>())?;
    }
    let items = items.into_boxed_slice();
    if len < capacity {
        charge.give_back(capacity * size_of::<T>());
    }
    Ok(items)
}

#[expect(clippy::unnecessary_wraps, reason = "another list may have no memory left")]
fn deque<T>(items: Vec<T>, _charge: &mut impl Charge) -> Result<VecDeque<T>, Fault> {
    Ok(items.into())
}

/// Writes the C form of a list with two ends that is shared.
///
/// # Safety
/// As for [`FfiType::write_pod`].
unsafe fn write_shared_deque<T: FfiType, F: TextForm>(
    list: &VecDeque<T>,
    place: *mut PodList<T::Pod<F>>,
    writer: &mut pod::Writer<F>,
) -> Result<(), Fault> {
    if let (all, []) = list.as_slices() {
        // SAFETY: the caller's promise.
        return unsafe { write_shared(all, place, writer) };
    }
    if T::LIST_NESTS {
        writer.enter_list()?;
    }
    check_room::<T>(writer.nesting())?;
    // SAFETY: the places are zeroed, aligned and owned by the writer.
    let each = |item: &T, place, writer: &mut _| unsafe { item.write_shared(place, writer) };
    let whole = PodList { ptr: writer.elements(list.iter(), each)?, len: list.len() };
    // SAFETY: the caller promises a writable place; the type has no padding.
    unsafe { place.write(whole) };
    if T::LIST_NESTS {
        writer.leave_list();
    }
    Ok(())
}

#[expect(clippy::unnecessary_wraps, reason = "another list may have no memory for its copy")]
fn raw_shared_boxed<T: FfiType, F>(list: &[T], _writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault> {
    Ok(T::list_raw_bytes(list))
}

fn raw_shared_deque<T: FfiType, F>(list: &VecDeque<T>, writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault> {
    let (front, back) = list.as_slices();
    match (T::list_raw_bytes(front), T::list_raw_bytes(back)) {
        // SAFETY: these are the bytes of the two halves.
        (Some(front), Some(back)) if back.len > 0 => unsafe { writer.copy_bytes([front, back]) }.map(Some),
        (front, _) => Ok(front),
    }
}

fn encode_boxed<T: FfiType>(list: &[T], writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
    T::encode_list(list, writer)
}

fn encode_deque<T: FfiType>(list: &VecDeque<T>, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
    match list.as_slices() {
        (all, []) => T::encode_list(all, writer),
        (front, back) => match (T::list_raw_bytes(front), T::list_raw_bytes(back)) {
            (Some(front), Some(back)) => {
                // SAFETY: these are the bytes of the two halves.
                let [front, back] = [front, back].map(|raw| unsafe { std::slice::from_raw_parts(raw.ptr, raw.len) });
                writer.bytes(&[front, back].concat());
                Ok(())
            }
            _ => writer.list(list.len(), check_room::<T>, |writer| {
                for (index, item) in list.iter().enumerate() {
                    item.encode(writer).map_err(|fault| fault.at_index(index))?;
                }
                Ok(())
            }),
        },
    }
}
