//! The types that need a definition, and their names.

use super::kind::Kind;
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
    /// A tuple of these types.
    Tuple(&'a [Type]),
    /// An array of so many values of this type.
    Array(&'a Type, u64),
    /// A map from the first of these types to the second.
    Map(&'a Type, &'a Type),
    /// An entry of such a map, which is no type of its own.
    Entry(&'a Type, &'a Type),
    /// A set of values of this type.
    Set(&'a Type),
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
        match kind {
            Kind::Option(item) => Some(Self::Option(item)),
            Kind::List(item) => Some(Self::List(item)),
            Kind::Boxed(item) => Some(Self::Boxed(item)),
            Kind::Tuple(items) => Some(Self::Tuple(items)),
            Kind::Array(item, len) => Some(Self::Array(item, len)),
            Kind::Map(key, value) => Some(Self::Map(key, value)),
            Kind::Set(item) => Some(Self::Set(item)),
            Kind::Int(_) | Kind::Float { .. } | Kind::Bool | Kind::Char | Kind::Text | Kind::Bytes => None,
            Kind::Wide { .. } | Kind::Duration | Kind::Time | Kind::Formatted(_) | Kind::Named(_) => None,
        }
    }

    /// The type itself; of an entry, that of its map.
    pub(crate) fn ty(&self) -> Type {
        match self {
            Self::Record(def, _) | Self::Enumeration(def, _) | Self::DataEnum(def, _) => Type::Named(def.name.clone()),
            Self::List(item) => Type::List(Box::new((*item).clone())),
            Self::Option(item) => Type::Option(Box::new((*item).clone())),
            Self::Boxed(item) => Type::Boxed(Box::new((*item).clone())),
            Self::Tuple(items) => Type::Tuple(items.to_vec()),
            Self::Array(item, len) => Type::Array(Box::new((*item).clone()), *len),
            Self::Map(key, value) | Self::Entry(key, value) => {
                Type::Map(Box::new((*key).clone()), Box::new((*value).clone()))
            }
            Self::Set(item) => Type::Set(Box::new((*item).clone())),
        }
    }

    /// The definition, where the library describes the type.
    pub(crate) fn def(&self) -> Option<&'a TypeDef> {
        match self {
            Self::Record(def, _) | Self::Enumeration(def, _) | Self::DataEnum(def, _) => Some(def),
            Self::List(_) | Self::Option(_) | Self::Boxed(_) | Self::Tuple(_) => None,
            Self::Array(..) | Self::Map(..) | Self::Entry(..) | Self::Set(_) => None,
        }
    }

    /// The fields; a type that is no record has none.
    pub(crate) fn fields(&self) -> &'a [Field] {
        match self {
            Self::Record(_, fields) => fields,
            Self::Enumeration(..) | Self::DataEnum(..) => &[],
            Self::List(_) | Self::Option(_) | Self::Boxed(_) | Self::Tuple(_) => &[],
            Self::Array(..) | Self::Map(..) | Self::Entry(..) | Self::Set(_) => &[],
        }
    }

    /// The types that its definition mentions.
    pub(crate) fn mentions(&self) -> Vec<&'a Type> {
        match self {
            Self::Record(_, fields) => fields.iter().map(|field| &field.ty).collect(),
            Self::List(item) | Self::Option(item) | Self::Boxed(item) => vec![item],
            Self::Array(item, _) | Self::Set(item) => vec![item],
            Self::Tuple(items) => items.iter().collect(),
            Self::Map(key, value) | Self::Entry(key, value) => vec![key, value],
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

/// The name of the described type that a type is.
pub(crate) fn name_of(ty: &Type) -> Option<&str> {
    if let Kind::Named(name) = Kind::of(ty) { Some(name) } else { None }
}

/// The names of the described types that a type is made of.
pub(crate) fn named(ty: &Type) -> Vec<&str> {
    let name = |kind| if let Kind::Named(name) = kind { Some(name) } else { None };
    Kind::of(ty).innermost().into_iter().filter_map(name).collect()
}

/// Whether its key may be missing where a record has it.
pub(crate) fn is_optional(ty: &Type) -> bool {
    matches!(Kind::of(ty), Kind::Option(_))
}

pub(super) fn described(def: &TypeDef) -> String {
    format!("the type {}", def.path)
}
