//! `NonZero<T>`, whose form is the integer's.

use super::FfiType;
use super::present::Present;
use crate::error::{Fault, FaultKind};
use crate::schema::{SchemaBuilder, Type};
use crate::value::pod::TextForm;
use crate::value::{cbor, pod};
use std::num::NonZero;

macro_rules! non_zeros {
    ($($ty:ident)*) => {$(
        // SAFETY: the integer's form; zero is looked for.
        unsafe impl FfiType for NonZero<$ty> {
            type Pod<F: TextForm> = <$ty as FfiType>::Pod<F>;

            unsafe fn from_pod<F: TextForm>(
                pod: *const Self::Pod<F>,
                reader: &mut pod::Reader<F>,
            ) -> Result<Self, Fault> {
                // SAFETY: the caller's promise.
                let value = unsafe { $ty::from_pod(pod, reader) }?;
                Self::new(value).ok_or_else(zero)
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
                unsafe { self.get().write_shared(place, writer) }
            }

            fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
                self.get().encode(writer)
            }

            fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
                Self::new($ty::decode(reader)?).ok_or_else(zero)
            }

            const IS_U8: bool = <$ty as FfiType>::IS_U8;

            fn describe(schema: &mut SchemaBuilder) -> Type {
                $ty::describe(schema)
            }
        }

        impl Present for NonZero<$ty> {}
    )*};
}

non_zeros! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }

#[cold]
#[inline(never)]
fn zero() -> Fault {
    FaultKind::Zero.into()
}
