//! `Vec<T>`, whose form its element type defines.

use super::FfiType;
use super::present::Present;
use crate::error::Fault;
use crate::schema::{SchemaBuilder, Type};
use crate::stack;
use crate::value::pod::{PodList, RawBytes, TextForm};
use crate::value::{cbor, pod};

// SAFETY: a `#[repr(C)]` pair of a pointer, for which NULL is valid, and a length.
unsafe impl<T: FfiType> FfiType for Vec<T> {
    type Pod<F: TextForm> = PodList<T::Pod<F>>;

    const STACK: usize = stack::OF_LEVEL;

    unsafe fn from_pod<F: TextForm>(pod: *const Self::Pod<F>, reader: &mut pod::Reader<F>) -> Result<Self, Fault> {
        // SAFETY: the caller promises a readable value.
        let list = unsafe { pod.read() };
        if T::LIST_NESTS {
            reader.enter_list()?;
        }
        let items = match reader.array(list)? {
            // SAFETY: the array is aligned and neither NULL nor too long; that its elements
            // are readable is the caller's promise.
            Some(list) => unsafe { T::list_from_pod(list, reader) }?,
            None => Self::new(),
        };
        if T::LIST_NESTS {
            reader.leave_list();
        }
        Ok(items)
    }

    unsafe fn write_pod<F: TextForm>(
        &mut self,
        place: *mut Self::Pod<F>,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault> {
        if T::LIST_NESTS {
            writer.enter_list()?;
        }
        if !self.is_empty() {
            let list = PodList { ptr: T::list_to_pod(self, writer)?, len: self.len() };
            // SAFETY: the caller promises a writable place; the type has no padding.
            unsafe { place.write(list) };
        }
        if T::LIST_NESTS {
            writer.leave_list();
        }
        Ok(())
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

    fn raw_bytes(&mut self) -> Result<Option<RawBytes>, Fault> {
        Ok(T::list_raw_bytes(self))
    }
}

impl<T: FfiType> Present for Vec<T> {}
