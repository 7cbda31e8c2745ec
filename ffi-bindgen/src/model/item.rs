//! Types that need a definition, and how types are called.

use super::kind::Kind;
use ffi_runtime::schema::{Field, Type, TypeDef, Variant};

/// One type that needs a definition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Item<'a> {
    /// A record of the library.
    Record(&'a TypeDef, &'a [Field]),
    /// An enumeration of the library.
    Enumeration(&'a TypeDef, &'a [Variant]),
    /// A list with elements of this type.
    List(&'a Type),
    /// An option of this type.
    Option(&'a Type),
    /// A box of this type.
    Boxed(&'a Type),
}

impl Item<'_> {
    /// The name without the library's prefix: `EchoRequest`, `list_string`.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Record(def, _) | Self::Enumeration(def, _) => def.name.clone(),
            Self::List(item) => format!("list_{}", item_name(item)),
            Self::Option(item) => format!("option_{}", item_name(item)),
            Self::Boxed(item) => format!("box_{}", item_name(item)),
        }
    }

    /// What the type is, for a message.
    pub(crate) fn description(&self) -> String {
        match self {
            Self::Record(def, _) | Self::Enumeration(def, _) => described(def),
            Self::List(item) => format!("the type Vec<{}>", rust_name(item)),
            Self::Option(item) => format!("the type Option<{}>", rust_name(item)),
            Self::Boxed(item) => format!("the type Box<{}>", rust_name(item)),
        }
    }
}

/// The name of a type as part of other names: `i64`, `list_option_string`.
pub(crate) fn item_name(ty: &Type) -> String {
    let name = match ty {
        Type::I8 => "i8",
        Type::I16 => "i16",
        Type::I32 => "i32",
        Type::I64 => "i64",
        Type::U8 => "u8",
        Type::U16 => "u16",
        Type::U32 => "u32",
        Type::U64 => "u64",
        Type::Isize => "isize",
        Type::Usize => "usize",
        Type::F32 => "f32",
        Type::F64 => "f64",
        Type::Bool => "bool",
        Type::Char => "char",
        Type::String => "string",
        Type::Bytes => "bytes",
        Type::List(item) => return Item::List(item).name(),
        Type::Option(item) => return Item::Option(item).name(),
        Type::Boxed(item) => return Item::Boxed(item).name(),
        Type::Named(name) => name,
    };
    name.to_owned()
}

/// The name of the described type that a type is made of.
pub(crate) fn named(ty: &Type) -> Option<&str> {
    match Kind::of(ty) {
        Kind::List(item) | Kind::Option(item) | Kind::Boxed(item) => named(item),
        Kind::Named(name) => Some(name),
        Kind::Int(_) | Kind::Float { .. } | Kind::Bool | Kind::Char | Kind::Text | Kind::Bytes => None,
    }
}

/// The type as its author wrote it, give or take a path.
pub(crate) fn rust_name(ty: &Type) -> String {
    match Kind::of(ty) {
        Kind::Text => "String".to_owned(),
        Kind::Bytes => "Vec<u8>".to_owned(),
        Kind::List(item) => format!("Vec<{}>", rust_name(item)),
        Kind::Option(item) => format!("Option<{}>", rust_name(item)),
        Kind::Boxed(item) => format!("Box<{}>", rust_name(item)),
        Kind::Int(_) | Kind::Float { .. } | Kind::Bool | Kind::Char | Kind::Named(_) => item_name(ty),
    }
}

pub(super) fn described(def: &TypeDef) -> String {
    format!("the type {}", def.path)
}
