//! Annotated enums with data: how the table of their variants is searched and described.
//!
//! A tag is a variant's place in its table, in C and here.

use crate::error::{Fault, FaultKind};
use crate::schema::{ItemName, Payload, SchemaBuilder, Type, VariantItem};
use crate::value::cbor::{Reader, VariantForm, Writer};
use crate::value::types::{FfiType, layouts};

/// Describes the enum `T`; the variants' fields are asked for only the first time that `T` is described.
pub fn describe_data_enum<T: FfiType>(
    schema: &mut SchemaBuilder,
    item: ItemName,
    variants: &'static [VariantItem],
) -> Type {
    schema.data_enum::<T>(item, layouts::<T>(), variants)
}

/// Begins to write the variant of this tag, one level deeper: its name, or a map with its name as the key.
///
/// # Errors
/// Nesting past the limit.
#[inline]
pub fn begin_variant(writer: &mut Writer<'_>, variants: &'static [VariantItem], tag: usize) -> Result<(), Fault> {
    let VariantItem { name, payload, .. } = variants[tag];
    match payload {
        Payload::Unit => writer.begin_unit_variant(name),
        Payload::Value | Payload::Tuple | Payload::Fields => writer.begin_variant(name),
    }
}

/// Begins to read an enum with these variants, one level deeper, up to what the variant holds, and returns its tag.
///
/// # Errors
/// [`FaultKind::UnknownVariant`], [`FaultKind::NotOneVariant`], or the fault of an item that is neither text nor a map;
/// of a variant that holds something and stands alone, or holds nothing and is followed by something.
#[inline]
pub fn begin_decode(reader: &mut Reader<'_>, variants: &'static [VariantItem]) -> Result<(usize, VariantForm), Fault> {
    let (tag, form) = reader.variant(|name| variants.iter().position(|variant| variant.name == name))?;
    let VariantItem { name, payload, .. } = variants[tag];
    match payload {
        Payload::Unit => form.nothing(reader, name)?,
        Payload::Value | Payload::Tuple | Payload::Fields => form.something(name)?,
    }
    Ok((tag, form))
}

/// Ends what [`begin_decode`] began, with the value that was read.
///
/// # Errors
/// The value's fault with the way to it, and [`FaultKind::NotOneVariant`].
#[inline]
pub fn end_decode<T>(
    reader: &mut Reader<'_>,
    variants: &'static [VariantItem],
    tag: usize,
    form: VariantForm,
    value: Result<T, Fault>,
) -> Result<T, Fault> {
    let value = in_variant(variants, tag, value)?;
    form.end(reader)?;
    Ok(value)
}

/// Adds the name of the variant to the fault of what it holds.
///
/// # Errors
/// That fault.
#[inline(always)]
pub fn in_variant<T>(
    variants: &'static [VariantItem],
    tag: impl TryInto<usize>,
    result: Result<T, Fault>,
) -> Result<T, Fault> {
    result.map_err(|fault| fault_in(variants, tag.try_into().unwrap_or(usize::MAX), fault))
}

#[cold]
#[inline(never)]
fn fault_in(variants: &'static [VariantItem], tag: usize, fault: Fault) -> Fault {
    fault.at_key(variants[tag].name)
}

/// Returns the fault of a tag that no variant has.
#[cold]
#[inline(never)]
pub fn unknown_tag(value: i32) -> Fault {
    FaultKind::UnknownValue { value }.into()
}
