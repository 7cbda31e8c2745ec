//! The descriptions of types: definitions of records and enumerations, and types as signatures and fields name
//! them.

use serde::{Deserialize, Serialize};

/// A record or an enumeration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeDef {
    /// The name, without the library's prefix.
    pub name: String,
    /// The Rust path, `krate::module::Type`, by which two types of one name differ. Of types within functions those after
    /// the first of a path have a number behind it: `krate::module::Type#2`.
    pub path: String,
    /// Documentation, lines separated by `\n`.
    pub docs: String,
    /// Bytes the C form takes on the described target.
    pub size: u64,
    /// Alignment of the C form on the described target, in bytes.
    pub align: u64,
    /// What the type is made of.
    pub shape: Shape,
    /// Fingerprints of the type and of every type it reaches.
    pub fingerprint: Fingerprint,
}

/// What a [`TypeDef`] is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A struct with named fields; without any, its C form holds one `uint8_t`.
    Record {
        /// The fields in declaration order.
        fields: Vec<Field>,
    },
    /// An enum without data: an `int32_t` in C, the variant's name on the wire.
    Enumeration {
        /// The variants in declaration order.
        variants: Vec<Variant>,
    },
    /// An enum with data: a tag, `int32_t tag`, and a union behind it in C; on the wire the name of a variant that holds
    /// nothing, and a map of that one name for a variant that holds something.
    DataEnum {
        /// The variants in declaration order, which their tags count from 0.
        variants: Vec<DataVariant>,
    },
}

/// One variant of an enum with data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataVariant {
    /// Name in C (after the type's name) and on the wire.
    pub name: String,
    /// The name in Rust, which differs where the item is renamed.
    #[serde(default)]
    pub rust_name: String,
    /// Documentation, lines separated by `\n`.
    pub docs: String,
    /// What it holds.
    pub payload: Payload,
    /// Its fields in declaration order, with their offsets from the start of the union. Those without names are called
    /// `_0`, `_1` and so on.
    pub fields: Vec<Field>,
}

/// What a variant of an enum with data holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payload {
    /// Nothing.
    Unit,
    /// One value without a name: the value itself in C and on the wire.
    Value,
    /// Several values without names: a struct in C, an array on the wire.
    Tuple,
    /// Values with names: a struct in C, a map on the wire.
    Fields,
}

impl Shape {
    /// The fields of a record, or of all variants of an enum with data.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        let (own, of_variants) = match self {
            Self::Record { fields } => (&fields[..], &[][..]),
            Self::Enumeration { .. } => (&[][..], &[][..]),
            Self::DataEnum { variants } => (&[][..], &variants[..]),
        };
        own.iter().chain(of_variants.iter().flat_map(|variant| &variant.fields))
    }

    /// The same, to be changed.
    pub fn fields_mut(&mut self) -> impl Iterator<Item = &mut Field> {
        let (own, of_variants) = match self {
            Self::Record { fields } => (&mut fields[..], &mut [][..]),
            Self::Enumeration { .. } => (&mut [][..], &mut [][..]),
            Self::DataEnum { variants } => (&mut [][..], &mut variants[..]),
        };
        own.iter_mut().chain(of_variants.iter_mut().flat_map(|variant| &mut variant.fields))
    }
}

/// One field of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Name in C (before keywords get their underscore) and key on the wire.
    pub name: String,
    /// The name in Rust, which differs where the item is renamed.
    #[serde(default)]
    pub rust_name: String,
    /// Documentation, lines separated by `\n`.
    pub docs: String,
    /// The field's type.
    #[serde(rename = "type")]
    pub ty: Type,
    /// Bytes from the start of the C form to this field.
    pub offset: u64,
}

/// One variant of an enumeration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// Name in C (after the type's name) and text on the wire.
    pub name: String,
    /// The name in Rust, which differs where the item is renamed.
    #[serde(default)]
    pub rust_name: String,
    /// Documentation, lines separated by `\n`.
    pub docs: String,
    /// The Rust discriminant.
    pub value: i32,
}

/// A type in a signature or a field.
///
/// In CBOR the types without a parameter are text (`"i64"`), the others a map of one key
/// (`{"list": "i64"}`, `{"named": "EchoRequest"}`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Type {
    /// `int8_t`
    I8,
    /// `int16_t`
    I16,
    /// `int32_t`
    I32,
    /// `int64_t`
    I64,
    /// `uint8_t`
    U8,
    /// `uint16_t`
    U16,
    /// `uint32_t`
    U32,
    /// `uint64_t`
    U64,
    /// `ptrdiff_t`; 64 bits on the wire
    Isize,
    /// `size_t`; 64 bits on the wire
    Usize,
    /// `float`
    F32,
    /// `double`
    F64,
    /// `int`, 0 or 1; `true` or `false` on the wire
    Bool,
    /// `uint32_t`, a Unicode scalar value; a text of that one character on the wire
    Char,
    /// `const char *`, UTF-8 and NUL-terminated; text on the wire
    String,
    /// `L_bytes`; a byte string on the wire
    Bytes,
    /// `L_list_T`; an array on the wire
    List(Box<Type>),
    /// `L_option_T`; the bare value or null on the wire
    Option(Box<Type>),
    /// `const T *`; the bare value on the wire
    #[serde(rename = "box")]
    Boxed(Box<Type>),
    /// `L_i128`: two words of 64 bits, low first; an integer on the wire
    I128,
    /// `L_u128`
    U128,
    /// `L_duration`; an array of seconds and nanoseconds on the wire
    Duration,
    /// `L_time`: seconds since 1970 and nanoseconds after those; tag 1001 and a map on the wire
    Time,
    /// A path: text
    Path,
    /// An IP address: text
    IpAddr,
    /// An IP address with a port: text
    SocketAddr,
    /// `L_tupleN_…`, a struct of the values; an array of them on the wire
    Tuple(Vec<Type>),
    /// `L_arrayN_T`, a struct of as many values; an array on the wire, of `u8` a byte string
    Array(Box<Type>, u64),
    /// `L_map2_K_V`, a list of entries of a key and a value, which all have other keys; a map on the wire
    Map(Box<Type>, Box<Type>),
    /// `L_set_T`, a list of values that differ; an array on the wire
    Set(Box<Type>),
    /// A [`TypeDef`] of the same library, by its name, or by its path where another type has that name too
    Named(String),
}

impl Type {
    /// Calls this with the name or path of each described type that this is made of.
    pub(crate) fn each_name(&mut self, call: &mut dyn FnMut(&mut String)) {
        match self {
            Self::List(item) | Self::Option(item) | Self::Boxed(item) => item.each_name(call),
            Self::Array(item, _) | Self::Set(item) => item.each_name(call),
            Self::Tuple(items) => items.iter_mut().for_each(|item| item.each_name(call)),
            Self::Map(key, value) => {
                key.each_name(call);
                value.each_name(call);
            }
            Self::Named(name) => call(name),
            Self::I8 | Self::I16 | Self::I32 | Self::I64 | Self::Isize | Self::I128 => {}
            Self::U8 | Self::U16 | Self::U32 | Self::U64 | Self::Usize | Self::U128 => {}
            Self::F32 | Self::F64 | Self::Bool | Self::Char | Self::String | Self::Bytes => {}
            Self::Duration | Self::Time | Self::Path | Self::IpAddr | Self::SocketAddr => {}
        }
    }
}

/// Two FNV-1a 64 hashes of an item and everything it reaches, documentation excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Changes when a caller compiled against the C header would break: names, order,
    /// types and the target's layout.
    pub native: u64,
    /// Changes when what crosses the CBOR path does: keys, types and variant names,
    /// whatever their order.
    pub wire: u64,
}
