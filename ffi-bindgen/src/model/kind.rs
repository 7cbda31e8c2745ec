//! What a type is, for a match that leaves none out.

use ffi_runtime::schema::Type;
use std::ops::RangeInclusive;

/// A type by its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind<'a> {
    /// An integer.
    Int(Int),
    /// A float of 32 or 64 bits.
    Float { bits: u32 },
    /// `bool`
    Bool,
    /// `char`
    Char,
    /// `String`
    Text,
    /// `Vec<u8>`
    Bytes,
    /// `Vec<T>`
    List(&'a Type),
    /// `Option<T>`
    Option(&'a Type),
    /// `Box<T>`
    Boxed(&'a Type),
    /// A record or an enumeration, by its name.
    Named(&'a str),
}

/// An integer type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Int {
    /// How many bits it has on the wire.
    pub(crate) bits: u32,
    pub(crate) is_signed: bool,
}

impl Int {
    /// Its values.
    pub(crate) fn limits(self) -> RangeInclusive<i128> {
        if self.is_signed { -(1 << (self.bits - 1))..=(1 << (self.bits - 1)) - 1 } else { 0..=(1 << self.bits) - 1 }
    }
}

impl<'a> Kind<'a> {
    pub(crate) fn of(ty: &'a Type) -> Self {
        let signed = |bits| Self::Int(Int { bits, is_signed: true });
        let unsigned = |bits| Self::Int(Int { bits, is_signed: false });
        match ty {
            Type::I8 => signed(8),
            Type::I16 => signed(16),
            Type::I32 => signed(32),
            Type::I64 | Type::Isize => signed(64),
            Type::U8 => unsigned(8),
            Type::U16 => unsigned(16),
            Type::U32 => unsigned(32),
            Type::U64 | Type::Usize => unsigned(64),
            Type::F32 => Self::Float { bits: 32 },
            Type::F64 => Self::Float { bits: 64 },
            Type::Bool => Self::Bool,
            Type::Char => Self::Char,
            Type::String => Self::Text,
            Type::Bytes => Self::Bytes,
            Type::List(item) => Self::List(item),
            Type::Option(item) => Self::Option(item),
            Type::Boxed(item) => Self::Boxed(item),
            Type::Named(name) => Self::Named(name),
        }
    }

    /// The values, where it is an integer.
    pub(crate) fn limits(self) -> Option<RangeInclusive<i128>> {
        match self {
            Self::Int(int) => Some(int.limits()),
            Self::Float { .. } | Self::Bool | Self::Char | Self::Text | Self::Bytes => None,
            Self::List(_) | Self::Option(_) | Self::Boxed(_) | Self::Named(_) => None,
        }
    }

    /// What it directly holds values of.
    pub(crate) fn element(self) -> Option<&'a Type> {
        match self {
            Self::List(item) | Self::Option(item) | Self::Boxed(item) => Some(item),
            Self::Int(_) | Self::Float { .. } | Self::Bool | Self::Char | Self::Text | Self::Bytes => None,
            Self::Named(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Int, Kind};
    use ffi_runtime::schema::Type;

    #[test]
    fn an_integer_has_limits() {
        assert_eq!(Kind::of(&Type::I8).limits(), Some(-128..=127));
        assert_eq!(Kind::of(&Type::Usize), Kind::Int(Int { bits: 64, is_signed: false }));
        assert_eq!(Kind::of(&Type::U64).limits(), Some(0..=u64::MAX.into()));
        assert_eq!(Kind::of(&Type::Isize).limits(), Some(i64::MIN.into()..=i64::MAX.into()));
        assert_eq!(Kind::of(&Type::Char).limits(), None);
    }
}
