//! The types that need a definition, and their names.

use super::kind::{Holds, Kind};
use super::spell::{RustName, Spell as _};
use ffi_runtime::schema::{DataVariant, Field, Payload, Type, TypeDef, Variant};

/// One type that needs a definition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Item<'a> {
    /// A record of the library.
    Record(&'a TypeDef, &'a [Field]),
    /// An enumeration of the library.
    Enumeration(&'a TypeDef, &'a [Variant]),
    /// An enum with data of the library.
    DataEnum(&'a TypeDef, &'a [DataVariant]),
    /// A list with elements of this type.
    List(&'a Type),
    /// An option of this type.
    Option(&'a Type),
    /// A box of this type.
    Boxed(&'a Type),
}

impl<'a> Item<'a> {
    /// The item that a type needs for holding another; a described type has its own.
    pub(super) fn of(kind: Kind<'a>) -> Option<Self> {
        match kind.holds() {
            Holds::Optional(item) => Some(Self::Option(item)),
            Holds::Many(item) => Some(Self::List(item)),
            Holds::Boxed(item) => Some(Self::Boxed(item)),
            Holds::Nothing | Holds::Definition(_) => None,
        }
    }

    /// The type itself.
    pub(crate) fn ty(&self) -> Type {
        match self {
            Self::Record(def, _) | Self::Enumeration(def, _) | Self::DataEnum(def, _) => Type::Named(def.name.clone()),
            Self::List(item) => Type::List(Box::new((*item).clone())),
            Self::Option(item) => Type::Option(Box::new((*item).clone())),
            Self::Boxed(item) => Type::Boxed(Box::new((*item).clone())),
        }
    }

    /// The definition, where the library describes the type.
    pub(crate) fn def(&self) -> Option<&'a TypeDef> {
        match self {
            Self::Record(def, _) | Self::Enumeration(def, _) | Self::DataEnum(def, _) => Some(def),
            Self::List(_) | Self::Option(_) | Self::Boxed(_) => None,
        }
    }

    /// The fields; a type that is no record has none.
    pub(crate) fn fields(&self) -> &'a [Field] {
        match self {
            Self::Record(_, fields) => fields,
            Self::Enumeration(..) | Self::DataEnum(..) => &[],
            Self::List(_) | Self::Option(_) | Self::Boxed(_) => &[],
        }
    }

    /// The types that its definition mentions.
    pub(crate) fn mentions(&self) -> Vec<&'a Type> {
        match self {
            Self::Record(_, fields) => fields.iter().map(|field| &field.ty).collect(),
            Self::List(item) | Self::Option(item) | Self::Boxed(item) => vec![item],
            Self::DataEnum(_, variants) => variants.iter().flat_map(|it| &it.fields).map(|field| &field.ty).collect(),
            Self::Enumeration(..) => Vec::new(),
        }
    }
}

/// The type as its author wrote it, give or take a path. Two may read alike.
pub(crate) fn rust_name(ty: &Type) -> String {
    RustName(str::to_owned).spell(ty)
}

/// A variant of an enum with data as its author wrote it, give or take a path.
pub(crate) fn rust_variant(DataVariant { name, payload, fields, .. }: &DataVariant) -> String {
    let types = || fields.iter().map(|field| rust_name(&field.ty)).collect::<Vec<_>>().join(", ");
    let named = |field: &Field| format!("{}: {}", field.name, rust_name(&field.ty));
    match payload {
        Payload::Unit => name.clone(),
        Payload::Value | Payload::Tuple => format!("{name}({})", types()),
        Payload::Fields => format!("{name} {{ {} }}", fields.iter().map(named).collect::<Vec<_>>().join(", ")),
    }
}

/// The name of the described type that a type is made of.
pub(crate) fn named(ty: &Type) -> Option<&str> {
    if let Kind::Named(name) = Kind::of(ty).innermost() { Some(name) } else { None }
}

/// Whether its key may be missing where a record has it.
pub(crate) fn is_optional(ty: &Type) -> bool {
    matches!(Kind::of(ty), Kind::Option(_))
}

pub(super) fn described(def: &TypeDef) -> String {
    format!("the type {}", def.path)
}
