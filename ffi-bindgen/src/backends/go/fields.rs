//! The fields of a struct in Go: of a record, or of what a variant holds.

use super::docs::comment;
use super::names::{Names, cgo_field, exported};
use super::types::Ty;
use crate::Error;
use crate::model::is_optional;
use crate::model::scope::{Scope, Style};
use ffi_runtime::schema::{Field as SchemaField, Type};
use serde::Serialize;

/// A field.
#[derive(Serialize)]
pub(super) struct Field {
    name: String,
    /// As cgo names it.
    c: String,
    /// The key on the wire.
    key: String,
    docs: Vec<String>,
    ty: Ty,
    /// Whether its key may not be missing.
    required: bool,
    /// What `gofmt` puts between the name and the type.
    pad: String,
}

/// The fields of a struct, which C calls these members; that of an error has a method `Error`.
pub(super) fn fields(
    fields: &[SchemaField],
    members: &[&str],
    is_error: bool,
    names: &Names<'_>,
) -> Result<Vec<Field>, Error> {
    let beside: &[&str] = if is_error { &["Error"] } else { &[] };
    let mut scope = Scope::new(Style::FREE).beside(beside).among(fields.iter().map(|field| field.name.as_str()));
    let named = |(field, member): (&SchemaField, &&str)| {
        let name = scope.claim(&field.name, &exported("a field", &field.name)?);
        Field::new(field, name, field.name.clone(), cgo_field(member, members), names)
    };
    Ok(lined_up(fields.iter().zip(members).map(named).collect::<Result<_, _>>()?))
}

impl Field {
    /// A field of this name, with its key on the wire, or its place there, and its name as cgo has it.
    pub(super) fn new(
        field: &SchemaField,
        name: String,
        key: String,
        c: String,
        names: &Names<'_>,
    ) -> Result<Self, Error> {
        Ok(Self { docs: comment(&field.docs), ..Self::element(&field.ty, name, key, c, names)? })
    }

    /// The same of a type alone, which nobody documents.
    pub(super) fn element(ty: &Type, name: String, key: String, c: String, names: &Names<'_>) -> Result<Self, Error> {
        let required = !is_optional(ty);
        Ok(Self { name, c, key, docs: Vec::new(), ty: Ty::new(ty, names)?, required, pad: String::new() })
    }
}

/// The fields with what `gofmt` puts between.
pub(super) fn lined_up(mut fields: Vec<Field>) -> Vec<Field> {
    let pads = pads(fields.iter().map(|field| (&*field.name, !field.docs.is_empty())));
    fields.iter_mut().zip(pads).for_each(|(field, pad)| field.pad = pad);
    fields
}

/// The spaces after each name that make what follows line up, as `gofmt` has it: over lines that
/// have no comment between them. A name is given with whether a comment precedes it.
pub(super) fn pads<'n>(names: impl Iterator<Item = (&'n str, bool)>) -> Vec<String> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (name, documented) in names {
        let width = name.chars().count();
        match groups.last_mut() {
            Some(group) if !documented => group.push(width),
            _ => groups.push(vec![width]),
        }
    }
    let padded = |group: Vec<usize>| {
        let widest = group.iter().copied().max().unwrap_or(0);
        group.into_iter().map(move |width| " ".repeat(widest - width + 1))
    };
    groups.into_iter().flat_map(padded).collect()
}

#[cfg(test)]
mod tests {
    use super::pads;

    #[test]
    fn names_line_up_until_a_comment() {
        let names = [("A", false), ("Long", false), ("B", true), ("Größe", true), ("C", false)];
        let pads: Vec<usize> = pads(names.into_iter()).iter().map(String::len).collect();
        assert_eq!(pads, [4, 1, 1, 1, 5]);
    }
}
