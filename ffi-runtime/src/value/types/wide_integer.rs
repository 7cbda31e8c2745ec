//! `i128` and `u128`.

use super::FfiType;
use super::present::Present;
use crate::error::{Fault, FaultKind};
use crate::schema::{SchemaBuilder, Type};
use crate::value::pod::{PodI128, PodU128, TextForm};
use crate::value::{cbor, pod};

macro_rules! wide_integers {
    ($($ty:ident $schema:ident $pod:ident $high:ty;)*) => {$(
        // SAFETY: two words, low first; every bit pattern is valid.
        unsafe impl FfiType for $ty {
            type Pod<F: TextForm> = $pod;

            unsafe fn from_pod<F: TextForm>(pod: *const $pod, _reader: &mut pod::Reader<F>) -> Result<Self, Fault> {
                // SAFETY: the caller promises a readable value.
                let $pod { low, high } = unsafe { pod.read() };
                Ok(Self::from(high) << u64::BITS | Self::from(low))
            }

            unsafe fn write_pod<F: TextForm>(
                &mut self,
                place: *mut $pod,
                writer: &mut pod::Writer<F>,
            ) -> Result<(), Fault> {
                // SAFETY: the caller's promise.
                unsafe { self.write_shared(place, writer) }
            }

            unsafe fn write_shared<F: TextForm>(
                &self,
                place: *mut $pod,
                _writer: &mut pod::Writer<F>,
            ) -> Result<(), Fault> {
                let form = $pod { low: *self as u64, high: (*self >> u64::BITS) as $high };
                // SAFETY: the caller promises a writable place; the form has no padding.
                unsafe { place.write(form) };
                Ok(())
            }

            fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
                let is_negative = self.leading_zeros() == 0 && <$ty>::MIN != 0;
                writer.wide(is_negative, (if is_negative { !*self } else { *self }) as u128);
                Ok(())
            }

            fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
                let (is_negative, number) = reader.wide_integer(stringify!($ty))?;
                let value = Self::try_from(number).ok();
                let value = if is_negative { value.and_then(|value| value.checked_neg()?.checked_sub(1)) } else { value };
                value.ok_or_else(|| out_of_range(is_negative, number, stringify!($ty)))
            }

            fn describe(_schema: &mut SchemaBuilder) -> Type {
                Type::$schema
            }
        }

        impl Present for $ty {}
    )*};
}

wide_integers! {
    i128 I128 PodI128 i64;
    u128 U128 PodU128 u64;
}

#[cold]
#[inline(never)]
fn out_of_range(is_negative: bool, number: u128, ty: &'static str) -> Fault {
    let value = match (is_negative, number.checked_add(1)) {
        (false, _) => number.to_string(),
        (true, Some(number)) => format!("-{number}"),
        (true, None) => "a bignum".to_owned(),
    };
    FaultKind::OutOfRange { value, ty }.into()
}
