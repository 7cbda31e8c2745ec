//! The kinds of type, and the facts about each.
//!
//! - [`Kind::of`] reads a type of the schema. Backends ask a kind and not the schema's type, so that an integer is one
//!   kind and not ten.
//! - What a type is made of is asked here too ([`Kind::element`], [`Kind::holds`]), so that no walk over types matches
//!   on kinds itself.
//!
//! To add a kind, add it here and to [`Spell`](super::Spell), and follow the compiler: it names each language's
//! spelling, and the templates `kinds/KIND.j2` of Go and Python. C++ has its form in `forms.hpp.j2`, the Rust client its
//! traits in `runtime/native.rs` and `runtime/wire.rs`, and both packages without generated code a row in their table of
//! scalars.

use ffi_runtime::schema::{Shape, Type, TypeDef};
use std::collections::HashMap;
use std::ops::RangeInclusive;

/// The described types by name.
pub(crate) type Defs<'a> = HashMap<&'a str, &'a TypeDef>;

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
    /// `i128` or `u128`
    Wide { is_signed: bool },
    /// `Duration`
    Duration,
    /// `SystemTime`
    Time,
    /// What crosses as text and has a type of its own where a language has one.
    Formatted(Format),
    /// A tuple
    Tuple(&'a [Type]),
    /// `[T; N]`
    Array(&'a Type, u64),
    /// `HashMap<K, V>` or `BTreeMap<K, V>`
    Map(&'a Type, &'a Type),
    /// `HashSet<T>` or `BTreeSet<T>`
    Set(&'a Type),
    /// A record or an enum, with data or without, by its name.
    Named(&'a str),
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// `PathBuf`
    Path,
    /// `IpAddr`
    IpAddr,
    /// `SocketAddr`
    SocketAddr,
}

impl Format {
    /// Its name as part of other names.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::IpAddr => "ip_addr",
            Self::SocketAddr => "socket_addr",
        }
    }
}

/// A type of each kind that is made of no other.
const BUILTIN: [Type; 12] = [
    Type::I64,
    Type::Bool,
    Type::Char,
    Type::F64,
    Type::String,
    Type::Bytes,
    Type::I128,
    Type::Duration,
    Type::Time,
    Type::Path,
    Type::IpAddr,
    Type::SocketAddr,
];

/// An integer type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Int {
    /// How many bits it has on the wire.
    pub(crate) bits: u32,
    pub(crate) is_signed: bool,
    /// Whether it is as wide as a pointer in memory.
    pub(crate) is_size: bool,
}

/// How a value of a type holds values of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds<'a> {
    /// It holds nothing.
    Nothing,
    /// At most one of the other type, which is part of its layout.
    Optional(&'a Type),
    /// One of each of the other types, which are parts of its layout.
    Parts(&'a [Type]),
    /// So many of the other type, which are parts of its layout.
    Array(&'a Type),
    /// Any number of the other type, behind a pointer.
    Many(&'a Type),
    /// Any number of pairs of the other types, behind a pointer.
    Entries(&'a Type, &'a Type),
    /// One of the other type, behind a pointer.
    Boxed(&'a Type),
    /// It is what the definition of this name says.
    Definition(&'a str),
}

/// Lists the kinds by the names of their templates.
macro_rules! kind_labels {
    ($with:ident: $($before:tt)*) => {
        $with! {
            $($before)*
            "int", "float", "bool", "char", "text", "bytes", "wide", "duration", "time", "path", "ip_addr", "socket_addr",
            "list", "option", "box", "tuple", "array", "map", "set", "record", "enumeration", "data_enum"
        }
    };
}

pub(crate) use kind_labels;

impl Int {
    /// Every integer, the narrow ones first.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        let of = |is_signed| {
            let fixed = [8, 16, 32, 64].map(|bits| Self { bits, is_signed, is_size: false });
            fixed.into_iter().chain([Self { bits: 64, is_signed, is_size: true }])
        };
        of(true).chain(of(false))
    }

    /// Its values.
    pub(crate) fn limits(self) -> RangeInclusive<i128> {
        if self.is_signed { -(1 << (self.bits - 1))..=(1 << (self.bits - 1)) - 1 } else { 0..=(1 << self.bits) - 1 }
    }

    /// Its name in Rust: `i64`, `usize`.
    pub(crate) fn name(self) -> String {
        let sign = if self.is_signed { 'i' } else { 'u' };
        if self.is_size { format!("{sign}size") } else { format!("{sign}{}", self.bits) }
    }
}

impl<'a> Kind<'a> {
    pub(crate) fn of(ty: &'a Type) -> Self {
        let int = |bits, is_signed| Self::Int(Int { bits, is_signed, is_size: false });
        let size = |is_signed| Self::Int(Int { bits: 64, is_signed, is_size: true });
        match ty {
            Type::I8 => int(8, true),
            Type::I16 => int(16, true),
            Type::I32 => int(32, true),
            Type::I64 => int(64, true),
            Type::Isize => size(true),
            Type::U8 => int(8, false),
            Type::U16 => int(16, false),
            Type::U32 => int(32, false),
            Type::U64 => int(64, false),
            Type::Usize => size(false),
            Type::F32 => Self::Float { bits: 32 },
            Type::F64 => Self::Float { bits: 64 },
            Type::Bool => Self::Bool,
            Type::Char => Self::Char,
            Type::String => Self::Text,
            Type::Bytes => Self::Bytes,
            Type::List(item) => Self::List(item),
            Type::Option(item) => Self::Option(item),
            Type::Boxed(item) => Self::Boxed(item),
            Type::I128 => Self::Wide { is_signed: true },
            Type::U128 => Self::Wide { is_signed: false },
            Type::Duration => Self::Duration,
            Type::Time => Self::Time,
            Type::Path => Self::Formatted(Format::Path),
            Type::IpAddr => Self::Formatted(Format::IpAddr),
            Type::SocketAddr => Self::Formatted(Format::SocketAddr),
            Type::Tuple(items) => Self::Tuple(items),
            Type::Array(item, len) => Self::Array(item, *len),
            Type::Map(key, value) => Self::Map(key, value),
            Type::Set(item) => Self::Set(item),
            Type::Named(name) => Self::Named(name),
        }
    }

    /// How it holds values of other types.
    pub(crate) fn holds(self) -> Holds<'a> {
        match self {
            Self::Int(_) | Self::Float { .. } | Self::Bool | Self::Char | Self::Text | Self::Bytes => Holds::Nothing,
            Self::Wide { .. } | Self::Duration | Self::Time | Self::Formatted(_) => Holds::Nothing,
            Self::Option(item) => Holds::Optional(item),
            Self::Tuple(items) => Holds::Parts(items),
            Self::Array(item, _) => Holds::Array(item),
            Self::List(item) | Self::Set(item) => Holds::Many(item),
            Self::Map(key, value) => Holds::Entries(key, value),
            Self::Boxed(item) => Holds::Boxed(item),
            Self::Named(name) => Holds::Definition(name),
        }
    }

    /// Whether a few bytes of fixed size are all of it, whatever a described type may be.
    pub(crate) fn is_scalar(self) -> bool {
        match self {
            Self::Int(_) | Self::Float { .. } | Self::Bool | Self::Char => true,
            Self::Wide { .. } | Self::Duration | Self::Time | Self::Formatted(_) => false,
            Self::Tuple(_) | Self::Array(..) | Self::Map(..) | Self::Set(_) => false,
            Self::Text | Self::Bytes | Self::List(_) | Self::Option(_) | Self::Boxed(_) | Self::Named(_) => false,
        }
    }

    /// The name of the templates for this kind.
    pub(crate) fn label(self, defs: &Defs<'_>) -> &'static str {
        match self {
            Self::Int(_) => "int",
            Self::Float { .. } => "float",
            Self::Bool => "bool",
            Self::Char => "char",
            Self::Text => "text",
            Self::Bytes => "bytes",
            Self::List(_) => "list",
            Self::Option(_) => "option",
            Self::Boxed(_) => "box",
            Self::Wide { .. } => "wide",
            Self::Duration => "duration",
            Self::Time => "time",
            Self::Formatted(format) => format.name(),
            Self::Tuple(_) => "tuple",
            Self::Array(..) => "array",
            Self::Map(..) => "map",
            Self::Set(_) => "set",
            Self::Named(name) => match &defs[name].shape {
                Shape::Record { .. } => "record",
                Shape::Enumeration { .. } => "enumeration",
                Shape::DataEnum { .. } => "data_enum",
            },
        }
    }

    /// The names of the templates for the kinds that are made of no other type, each once.
    pub(crate) fn builtins() -> Vec<&'static str> {
        let defs = Defs::new();
        BUILTIN.iter().map(|ty| Kind::of(ty).label(&defs)).collect()
    }

    /// The values, where it is an integer.
    pub(crate) fn limits(self) -> Option<RangeInclusive<i128>> {
        if let Self::Int(int) = self { Some(int.limits()) } else { None }
    }

    /// What it directly holds values of, a definition apart: of a map first the keys.
    pub(crate) fn elements(self) -> Vec<&'a Type> {
        match self.holds() {
            Holds::Optional(item) | Holds::Array(item) | Holds::Many(item) | Holds::Boxed(item) => vec![item],
            Holds::Entries(key, value) => vec![key, value],
            Holds::Parts(items) => items.iter().collect(),
            Holds::Nothing | Holds::Definition(_) => Vec::new(),
        }
    }

    /// The kind that boxes are around.
    pub(crate) fn unboxed(self) -> Self {
        if let Self::Boxed(item) = self { Kind::of(item).unboxed() } else { self }
    }

    /// The innermost kinds that it is made of: scalars, texts, described types.
    pub(crate) fn innermost(self) -> Vec<Self> {
        let elements = self.elements();
        if elements.is_empty() {
            return vec![self];
        }
        elements.into_iter().flat_map(|item| Kind::of(item).innermost()).collect()
    }

    /// Whether null is among its values on the wire.
    pub(crate) fn is_nullable(self) -> bool {
        matches!(self.unboxed(), Self::Option(_))
    }
}

#[cfg(test)]
mod tests {
    use super::{Int, Kind};
    use ffi_runtime::schema::Type;

    #[test]
    fn an_integer_has_limits() {
        assert_eq!(Kind::of(&Type::I8).limits(), Some(-128..=127));
        assert_eq!(Kind::of(&Type::Usize), Kind::Int(Int { bits: 64, is_signed: false, is_size: true }));
        assert_eq!(Kind::of(&Type::U64).limits(), Some(0..=u64::MAX.into()));
        assert_eq!(Kind::of(&Type::Isize).limits(), Some(i64::MIN.into()..=i64::MAX.into()));
        assert_eq!(Kind::of(&Type::Char).limits(), None);
    }

    #[test]
    fn an_integer_bears_its_name_in_rust() {
        let names: Vec<_> = Int::all().map(Int::name).collect();
        assert_eq!(names, ["i8", "i16", "i32", "i64", "isize", "u8", "u16", "u32", "u64", "usize"]);
    }

    #[test]
    fn a_boxed_option_may_be_null_and_a_list_of_options_may_not() {
        let option = Type::Option(Box::new(Type::U8));
        assert!(Kind::of(&Type::Boxed(Box::new(option.clone()))).is_nullable());
        assert!(!Kind::of(&Type::List(Box::new(option))).is_nullable());
    }
}
