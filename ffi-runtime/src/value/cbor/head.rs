//! Heads: the byte that begins every item, and the number that belongs to it.

use crate::error::{Fault, FaultKind};
use half::f16;

/// A kind of item: the upper three bits of its first byte (RFC 8949, 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Major(u8);

impl Major {
    pub(super) const POSITIVE: Self = Self(0);
    pub(super) const NEGATIVE: Self = Self(1);
    pub(super) const BYTES: Self = Self(2);
    pub(super) const TEXT: Self = Self(3);
    pub(super) const ARRAY: Self = Self(4);
    pub(super) const MAP: Self = Self(5);
    pub(super) const TAG: Self = Self(6);
    pub(super) const OTHER: Self = Self(7);

    #[inline]
    pub(super) const fn of(first: u8) -> Self {
        Self(first >> 5)
    }

    /// The first byte of an item of this kind.
    #[inline]
    pub(super) const fn first(self, info: u8) -> u8 {
        self.0 << 5 | info
    }
}

/// The lower five bits of a first byte.
pub(super) mod info {
    /// From here on the number follows the first byte, in 1, 2, 4 or 8 bytes.
    pub(in crate::value::cbor) const WIDE_1: u8 = 24;
    pub(in crate::value::cbor) const WIDE_2: u8 = 25;
    pub(in crate::value::cbor) const WIDE_4: u8 = 26;
    pub(in crate::value::cbor) const WIDE_8: u8 = 27;
    /// No number: an indefinite length, or a break.
    pub(in crate::value::cbor) const NONE: u8 = 31;

    #[inline]
    pub(in crate::value::cbor) const fn of(first: u8) -> u8 {
        first & 0x1f
    }
}

/// The tags of integers of any size (RFC 8949, 3.4.3).
pub(super) const BIGNUM: u64 = 2;
pub(super) const NEGATIVE_BIGNUM: u64 = 3;

/// Items that are a single byte.
pub(super) const FALSE: u8 = 0xf4;
pub(super) const TRUE: u8 = 0xf5;
pub(super) const NULL: u8 = 0xf6;
pub(super) const UNDEFINED: u8 = 0xf7;
pub(super) const BREAK: u8 = 0xff;

/// Whether this byte is a whole head, and neither a tag's nor of the kind that null belongs to.
#[inline]
pub(super) fn is_short_value(first: u8) -> bool {
    Major::of(first).0 < Major::TAG.0 && info::of(first) < info::WIDE_1
}

/// A head: the kind of the item, and its number or length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Head {
    Positive(u64),
    /// The integer is -1 less this number.
    Negative(u64),
    /// Here and below, the length is `None` where a break ends the item.
    Bytes(Option<usize>),
    Text(Option<usize>),
    Array(Option<usize>),
    Map(Option<usize>),
    Tag(u64),
    Bool(bool),
    Null,
    Undefined,
    Simple,
    Float(f64),
    Break,
}

/// Converts a length to `usize`. One that does not fit is longer than any input, and so is `usize::MAX`.
#[inline]
pub(super) fn len_of_number(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Returns the head with this number; `None` where CBOR has no such item.
pub(super) fn with_number(major: Major, info: u8, number: u64) -> Option<Head> {
    Some(match major {
        Major::POSITIVE => Head::Positive(number),
        Major::NEGATIVE => Head::Negative(number),
        Major::BYTES => Head::Bytes(Some(len_of_number(number))),
        Major::TEXT => Head::Text(Some(len_of_number(number))),
        Major::ARRAY => Head::Array(Some(len_of_number(number))),
        Major::MAP => Head::Map(Some(len_of_number(number))),
        Major::TAG => Head::Tag(number),
        _ => return simple_or_float(info, number),
    })
}

fn simple_or_float(info: u8, number: u64) -> Option<Head> {
    Some(match (info, number) {
        (info::WIDE_8, bits) => Head::Float(f64::from_bits(bits)),
        (info::WIDE_4, bits) => Head::Float(f32::from_bits(bits as u32).into()),
        (info::WIDE_2, bits) => Head::Float(f16::from_bits(bits as u16).into()),
        // RFC 8949, 3.3: a simple value below 32 has one form, of one byte.
        (info::WIDE_1, 0..32) => return None,
        (_, 20) => Head::Bool(false),
        (_, 21) => Head::Bool(true),
        (_, 22) => Head::Null,
        (_, 23) => Head::Undefined,
        _ => Head::Simple,
    })
}

/// Returns the head without a number; `None` where CBOR has no such item.
pub(super) fn without_number(major: Major) -> Option<Head> {
    match major {
        Major::BYTES => Some(Head::Bytes(None)),
        Major::TEXT => Some(Head::Text(None)),
        Major::ARRAY => Some(Head::Array(None)),
        Major::MAP => Some(Head::Map(None)),
        Major::OTHER => Some(Head::Break),
        _ => None,
    }
}

/// Returns the fault of an item of another type.
#[cold]
#[inline(never)]
pub(super) fn wrong_type(expected: &'static str, found: Head) -> Fault {
    let found = match found {
        Head::Positive(_) | Head::Negative(_) => "an integer",
        Head::Float(_) => "a float",
        Head::Bool(_) => "true or false",
        Head::Null => "null",
        Head::Undefined => "undefined",
        Head::Simple => "a simple value",
        Head::Tag(_) => "a tag",
        Head::Break => "a break",
        Head::Bytes(_) => "a byte string",
        Head::Text(_) => "text",
        Head::Array(_) => "an array",
        Head::Map(_) => "a map",
    };
    FaultKind::WrongType { expected, found }.into()
}
