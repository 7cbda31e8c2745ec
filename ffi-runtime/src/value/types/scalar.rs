//! Numbers, `bool` and `char`.

use super::present::Present;
use super::{FfiType, decode_elements};
use crate::error::{Fault, FaultKind};
use crate::schema::{SchemaBuilder, Type};
use crate::value::pod::{PodList, RawBytes, TextForm};
use crate::value::{cbor, pod};
use std::ffi::c_int;
use std::fmt::Display;

/// Copies a list whose elements look the same in C.
///
/// # Safety
/// As for [`FfiType::list_from_pod`], with every bit pattern of `T` valid.
unsafe fn copy_list<T: Copy, F: TextForm>(list: PodList<T>, reader: &mut pod::Reader<F>) -> Result<Vec<T>, Fault> {
    let mut items = reader.reserve(list.len)?;
    // SAFETY: the caller promises `len` readable elements, and the vector has room for them.
    unsafe { std::ptr::copy_nonoverlapping(list.ptr, items.as_mut_ptr(), list.len) };
    // SAFETY: the elements up to `len` were just written.
    unsafe { items.set_len(list.len) };
    Ok(items)
}

/// Returns the fault of a number outside the type's range.
#[cold]
#[inline(never)]
fn out_of_range(value: impl Display, ty: &'static str) -> Fault {
    FaultKind::OutOfRange { value: value.to_string(), ty }.into()
}

/// The parts of [`FfiType`] in which a number is its own C form.
macro_rules! own_pod {
    () => {
        type Pod<F: TextForm> = Self;

        #[inline]
        unsafe fn from_pod<F: TextForm>(pod: *const Self, _reader: &mut pod::Reader<F>) -> Result<Self, Fault> {
            // SAFETY: the caller promises a readable value, and every bit pattern is one.
            Ok(unsafe { pod.read() })
        }

        #[inline]
        unsafe fn write_pod<F: TextForm>(
            &mut self,
            place: *mut Self,
            _writer: &mut pod::Writer<F>,
        ) -> Result<(), Fault> {
            // SAFETY: the caller promises a writable place.
            unsafe { place.write(*self) };
            Ok(())
        }

        unsafe fn list_from_pod<F: TextForm>(
            list: PodList<Self>,
            reader: &mut pod::Reader<F>,
        ) -> Result<Vec<Self>, Fault> {
            // SAFETY: the caller's promise is the callee's, and every bit pattern is a number.
            unsafe { copy_list(list, reader) }
        }

        fn list_to_pod<F: TextForm>(items: &mut [Self], _writer: &mut pod::Writer<F>) -> Result<*mut Self, Fault> {
            Ok(items.as_mut_ptr())
        }

        #[inline]
        unsafe fn write_shared<F: TextForm>(
            &self,
            place: *mut Self,
            _writer: &mut pod::Writer<F>,
        ) -> Result<(), Fault> {
            // SAFETY: the caller promises a writable place.
            unsafe { place.write(*self) };
            Ok(())
        }
    };
}

/// How an integer crosses the wire.
macro_rules! integer_wire {
    ($ty:ident, $schema:ident, $write:ident as $wide:ty) => {
        #[inline(always)]
        fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
            writer.$write(*self as $wide);
            Ok(())
        }

        #[inline]
        fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
            let value = reader.integer()?;
            Self::try_from(value).map_err(|_| out_of_range(value, stringify!($ty)))
        }

        fn describe(_schema: &mut SchemaBuilder) -> Type {
            Type::$schema
        }
    };
}

macro_rules! integers {
    ($($ty:ident $schema:ident $write:ident $wide:ty;)*) => {$(
        // SAFETY: a C integer of the same width; every bit pattern is valid.
        unsafe impl FfiType for $ty {
            own_pod!();
            integer_wire!($ty, $schema, $write as $wide);
        }

        impl Present for $ty {}
    )*};
}

integers! {
    i8 I8 signed i64;
    i16 I16 signed i64;
    i32 I32 signed i64;
    i64 I64 signed i64;
    isize Isize signed i64;
    u16 U16 unsigned u64;
    u32 U32 unsigned u64;
    u64 U64 unsigned u64;
    usize Usize unsigned u64;
}

// SAFETY: a C integer of the same width; every bit pattern is valid.
unsafe impl FfiType for u8 {
    own_pod!();
    integer_wire!(u8, U8, unsigned as u64);

    const LIST_NESTS: bool = false;
    const IS_U8: bool = true;

    fn encode_list(items: &[Self], writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
        writer.bytes(items);
        Ok(())
    }

    fn decode_list(reader: &mut cbor::Reader<'_>) -> Result<Vec<Self>, Fault> {
        reader.bytes(decode_elements)
    }

    fn describe_list(_schema: &mut SchemaBuilder) -> Type {
        Type::Bytes
    }

    fn list_raw_bytes(items: &[Self]) -> Option<RawBytes> {
        let raw = RawBytes { ptr: items.as_ptr(), len: items.len() };
        Some(if raw.len == 0 { RawBytes::EMPTY } else { raw })
    }
}

impl Present for u8 {}

/// The nearest `$ty` of a CBOR number: an integer must be exact; a float may be rounded, but a finite
/// one stays finite, and one that is not zero stays so.
macro_rules! floats {
    ($($ty:ident $schema:ident;)*) => {$(
        // SAFETY: C's float of the same width; every bit pattern is valid.
        unsafe impl FfiType for $ty {
            own_pod!();

            #[inline]
            fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
                writer.float(f64::from(*self));
                Ok(())
            }

            #[inline]
            fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
                match reader.number()? {
                    cbor::Number::Float(value)
                        if (value.is_finite() && !(value as Self).is_finite())
                            || (value != 0.0 && value as Self == 0.0) =>
                    {
                        Err(out_of_range(format_args!("{value:e}"), stringify!($ty)))
                    }
                    cbor::Number::Float(value) => Ok(value as Self),
                    cbor::Number::Integer(value) if (value as Self) as i128 == value => Ok(value as Self),
                    cbor::Number::Integer(value) => Err(out_of_range(value, stringify!($ty))),
                    cbor::Number::Beyond(Some(value)) if f64::from(value as Self) == value => Ok(value as Self),
                    cbor::Number::Beyond(_) => Err(out_of_range("a bignum", stringify!($ty))),
                }
            }

            fn describe(_schema: &mut SchemaBuilder) -> Type {
                Type::$schema
            }
        }

        impl Present for $ty {}
    )*};
}

floats! {
    f32 F32;
    f64 F64;
}

// SAFETY: an `int`; every bit pattern is valid.
unsafe impl FfiType for bool {
    type Pod<F: TextForm> = c_int;

    #[inline]
    unsafe fn from_pod<F: TextForm>(pod: *const c_int, _reader: &mut pod::Reader<F>) -> Result<Self, Fault> {
        // SAFETY: the caller promises a readable value.
        Ok(unsafe { pod.read() } != 0)
    }

    #[inline]
    unsafe fn write_pod<F: TextForm>(&mut self, place: *mut c_int, writer: &mut pod::Writer<F>) -> Result<(), Fault> {
        // SAFETY: the caller's promise.
        unsafe { self.write_shared(place, writer) }
    }

    #[inline]
    unsafe fn write_shared<F: TextForm>(&self, place: *mut c_int, _writer: &mut pod::Writer<F>) -> Result<(), Fault> {
        // SAFETY: the caller promises a writable place.
        unsafe { place.write(c_int::from(*self)) };
        Ok(())
    }

    fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
        writer.bool(*self);
        Ok(())
    }

    fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
        reader.bool()
    }

    fn describe(_schema: &mut SchemaBuilder) -> Type {
        Type::Bool
    }
}

impl Present for bool {}

// SAFETY: a `uint32_t`; every bit pattern is valid, and checked before it becomes a `char`.
unsafe impl FfiType for char {
    type Pod<F: TextForm> = u32;

    #[inline]
    unsafe fn from_pod<F: TextForm>(pod: *const u32, _reader: &mut pod::Reader<F>) -> Result<Self, Fault> {
        // SAFETY: the caller promises a readable value.
        let value = unsafe { pod.read() };
        Self::from_u32(value).ok_or_else(|| FaultKind::NotACharacter { value }.into())
    }

    #[inline]
    unsafe fn write_pod<F: TextForm>(&mut self, place: *mut u32, writer: &mut pod::Writer<F>) -> Result<(), Fault> {
        // SAFETY: the caller's promise.
        unsafe { self.write_shared(place, writer) }
    }

    #[inline]
    unsafe fn write_shared<F: TextForm>(&self, place: *mut u32, _writer: &mut pod::Writer<F>) -> Result<(), Fault> {
        // SAFETY: the caller promises a writable place.
        unsafe { place.write(u32::from(*self)) };
        Ok(())
    }

    fn list_to_pod<F: TextForm>(items: &mut [Self], _writer: &mut pod::Writer<F>) -> Result<*mut u32, Fault> {
        // A `char` is a `u32` in memory.
        Ok(items.as_mut_ptr().cast())
    }

    fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
        writer.text(self.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
        let text = reader.text()?;
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(only), None) => Ok(only),
            _ => Err(FaultKind::NotOneCharacter.into()),
        }
    }

    fn describe(_schema: &mut SchemaBuilder) -> Type {
        Type::Char
    }
}

impl Present for char {}
