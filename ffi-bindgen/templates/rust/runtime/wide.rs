//! How integers of 128 bits cross: as two halves in C, and beyond 64 bits as bignums on the wire.

use super::arena::Arena;
use super::error::Fault;
use super::native::{Lend, Take};

/// `L_i128` and `L_u128`.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct Halves<H> {
    low: u64,
    high: H,
}

/// The integers, with their upper halves.
macro_rules! wide {
    ($($ty:ty, $high:ty;)*) => { $(
        impl Lend for $ty {
            type Mirror = Halves<$high>;

            fn lend(value: &Self, _: &mut Arena) -> Result<Self::Mirror, Fault> {
                Ok(Halves { low: *value as u64, high: (*value >> u64::BITS) as $high })
            }
        }

        impl Take for $ty {
            unsafe fn take(mirror: &Self::Mirror) -> Result<Self, Fault> {
                Ok(Self::from(mirror.high) << u64::BITS | Self::from(mirror.low))
            }
        }
    )* };
}

wide! {
    i128, i64;
    u128, u64;
}

/// The same on the wire.
#[cfg(feature = "cbor")]
mod wire {
    use super::super::cbor::{Reader, Writer};
    use super::super::wire::{Decode, Encode};
    use super::Fault;
    use ciborium_ll::{Header, tag};

    /// Writes an integer of this magnitude, which is -1 less that where it has a sign.
    fn write(has_sign: bool, magnitude: u128, writer: &mut Writer) {
        match u64::try_from(magnitude) {
            Ok(bits) => writer.head(if has_sign { Header::Negative(bits) } else { Header::Positive(bits) }),
            Err(_) => {
                let zeros = (magnitude.leading_zeros() / u8::BITS) as usize;
                writer.head(Header::Tag(if has_sign { tag::BIGNEG } else { tag::BIGPOS }));
                writer.bytes(&magnitude.to_be_bytes()[zeros..]);
            }
        }
    }

    fn out_of_range() -> Fault {
        Fault::new("an integer is out of range")
    }

    impl Encode for i128 {
        fn encode(value: &Self, writer: &mut Writer) -> Result<(), Fault> {
            let has_sign = *value < 0;
            write(has_sign, (if has_sign { !*value } else { *value }).unsigned_abs(), writer);
            Ok(())
        }
    }

    impl Decode for i128 {
        fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
            let (has_sign, magnitude) = reader.wide()?;
            let value = Self::try_from(magnitude).map_err(|_| out_of_range())?;
            Ok(if has_sign { !value } else { value })
        }
    }

    impl Encode for u128 {
        fn encode(value: &Self, writer: &mut Writer) -> Result<(), Fault> {
            write(false, *value, writer);
            Ok(())
        }
    }

    impl Decode for u128 {
        fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
            let (has_sign, magnitude) = reader.wide()?;
            if has_sign { Err(out_of_range()) } else { Ok(magnitude) }
        }
    }
}
