//! Names the fields of one struct in C++.

use super::names::STYLE;
use super::types::Speller;
use crate::abi::docs::comment;
use crate::model::is_optional;
use crate::model::scope::Scope;
use ffi_runtime::schema::Field as SchemaField;
use serde::Serialize;

/// A field, and how C and the wire call it.
#[derive(Serialize)]
pub(super) struct Field {
    /// The C++ name.
    name: String,
    /// The C name.
    c: String,
    /// The key on the wire.
    key: String,
    docs: Vec<String>,
    ty: String,
    form: String,
    /// Whether its type is whole where it stands.
    is_whole: bool,
}

impl Field {
    fn new(field: &SchemaField, c: &str, is_whole: bool, spell: Speller<'_>, scope: &mut Scope<'_>) -> Self {
        Self {
            name: scope.claim(c, c),
            c: c.to_owned(),
            key: field.name.clone(),
            docs: comment(&field.docs),
            ty: spell.ty(&field.ty),
            form: spell.form(&field.ty),
            is_whole,
        }
    }
}

/// The fields of a struct `owner`.
pub(super) fn members(
    owner: &str,
    fields: &[SchemaField],
    whole: &[bool],
    c: &[&str],
    spell: Speller<'_>,
) -> Vec<Field> {
    let beside = [owner];
    let mut scope = Scope::new(STYLE).beside(&beside).among(c.iter().copied());
    let fields = fields.iter().zip(whole).zip(c);
    fields.map(|((field, &is_whole), &c)| Field::new(field, c, is_whole, spell, &mut scope)).collect()
}

/// The places of the fields whose keys may not be missing.
pub(super) fn required(fields: &[SchemaField]) -> Vec<usize> {
    let is_required = |(index, field): (usize, &SchemaField)| (!is_optional(&field.ty)).then_some(index);
    fields.iter().enumerate().filter_map(is_required).collect()
}
