//! Annotated enums: the table of an enum's variants, and how it is searched and described.

use crate::error::{Fault, FaultKind};
use crate::schema::{self, ItemName, SchemaBuilder, Type, join_docs};
use crate::value::cbor;
use crate::value::types::{FfiType, layouts};

/// One variant of an annotated enum.
pub struct Variant<T> {
    /// Its name on the wire and in C.
    pub name: &'static str,
    /// Its name in Rust.
    pub rust_name: &'static str,
    /// Documentation, one string a line as rustc keeps it.
    pub docs: &'static [&'static str],
    /// Its value in C.
    pub value: i32,
    /// Makes it.
    pub make: fn() -> T,
}

/// An annotated enum.
pub trait Enumeration: Sized + 'static {
    /// The variants in declaration order.
    const VARIANTS: &'static [Variant<Self>];
}

/// Whether a discriminant fits C's `int32_t`.
pub const fn fits_c_enum(value: i128) -> bool {
    value >= i32::MIN as i128 && value <= i32::MAX as i128
}

/// Describes the enum `T`.
pub fn describe_enumeration<T: FfiType + Enumeration>(schema: &mut SchemaBuilder, item: ItemName) -> Type {
    schema.enumeration::<T>(item, layouts::<T>(), || T::VARIANTS.iter().map(described).collect())
}

fn described<T>(variant: &Variant<T>) -> schema::Variant {
    schema::Variant {
        name: variant.name.to_owned(),
        rust_name: variant.rust_name.to_owned(),
        docs: join_docs(variant.docs),
        value: variant.value,
    }
}

/// Returns the variant of this value.
///
/// # Errors
/// [`FaultKind::UnknownValue`].
pub fn variant_of_value<T: Enumeration>(value: i32) -> Result<T, Fault> {
    find(|variant| variant.value == value, || FaultKind::UnknownValue { value })
}

/// Reads the name of a variant.
///
/// # Errors
/// [`FaultKind::UnknownVariant`], or the fault of an item that is not text.
pub fn decode_variant<T: Enumeration>(reader: &mut cbor::Reader<'_>) -> Result<T, Fault> {
    let text = reader.text()?;
    find(|variant| variant.name == text, || FaultKind::UnknownVariant { text: text.chars().take(64).collect() })
}

fn find<T: Enumeration>(
    is_wanted: impl Fn(&Variant<T>) -> bool,
    fault: impl FnOnce() -> FaultKind,
) -> Result<T, Fault> {
    let variant = T::VARIANTS.iter().find(|variant| is_wanted(variant));
    variant.map(|variant| (variant.make)()).ok_or_else(|| fault().into())
}
