//! Names the variants of an enum with data, each of which is a struct in Go.

use super::docs::comment;
use super::fields::{Field, fields, lined_up, pads};
use super::names::{Names, exported};
use super::types::cgo_type;
use crate::Error;
use crate::abi::VariantNames;
use ffi_runtime::schema::{DataVariant as SchemaVariant, Field as SchemaField, Payload, TypeDef};
use serde::Serialize;

/// A variant of an enum with data.
#[derive(Serialize)]
pub(super) struct DataVariant {
    /// The struct.
    pub(super) name: String,
    /// The name on the wire.
    key: String,
    docs: Vec<String>,
    pub(super) payload: Payload,
    fields: Vec<Field>,
    /// The struct of its fields in C, as Go names it, where there is one.
    pub(super) c: Option<String>,
    /// What `gofmt` puts before the body of its marking method.
    pad: String,
}

/// The variants of an enum, with what C calls them.
pub(super) fn data_variants(
    def: &TypeDef,
    variants: &[SchemaVariant],
    in_c: &[VariantNames<'_>],
    is_error: bool,
    names: &mut Names<'_>,
) -> Result<Vec<DataVariant>, Error> {
    let ty = names.ty(&def.name)?;
    let mut made = Vec::new();
    for ((variant, c), in_c) in variants.iter().zip(names.c.payloads(&def.name)).zip(in_c) {
        made.push(DataVariant {
            name: names.claim("", &format!("{ty}{}", exported("a variant", &variant.name)?)),
            key: variant.name.clone(),
            docs: comment(&variant.docs),
            payload: variant.payload,
            fields: held(variant, &in_c.fields, is_error, names)?,
            c: (!c.is_empty()).then(|| cgo_type(c)),
            pad: String::new(),
        });
    }
    let pads = pads(made.iter().map(|variant| (&*variant.name, false)));
    made.iter_mut().zip(pads).for_each(|(variant, pad)| variant.pad = pad);
    Ok(made)
}

/// What a variant holds: one value is called `Value`, and several `Field0`, `Field1` and so on.
fn held(variant: &SchemaVariant, members: &[&str], is_error: bool, names: &Names<'_>) -> Result<Vec<Field>, Error> {
    let value = |field: &SchemaField| Field::new(field, "Value".to_owned(), String::new(), String::new(), names);
    let element = |(place, (field, member)): (usize, (&SchemaField, &&str))| {
        Field::new(field, format!("Field{place}"), place.to_string(), (*member).to_owned(), names)
    };
    let unnamed = match variant.payload {
        Payload::Unit => Vec::new(),
        Payload::Value => variant.fields.iter().map(value).collect::<Result<_, _>>()?,
        Payload::Tuple => variant.fields.iter().zip(members).enumerate().map(element).collect::<Result<_, _>>()?,
        Payload::Fields => return fields(&variant.fields, members, is_error, names),
    };
    Ok(lined_up(unnamed))
}
