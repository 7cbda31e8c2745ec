//! The model of an enum with data.

use super::attributes::docs;
use super::enumeration::EnumOptions;
use super::head::Head;
use super::member::{Member, check_distinct, check_no_text};
use crate::errors::Errors;
use crate::names::{Case, Name};
use crate::options::Options;
use syn::{Expr, Fields, Ident, ItemEnum};

/// An enum of which a variant has fields that cross.
#[derive(Debug)]
pub(crate) struct DataEnum {
    pub(crate) head: Head,
    pub(crate) variants: Vec<DataVariant>,
    /// Whether it is an error that functions return.
    pub(crate) is_error: bool,
}

/// One variant of a [`DataEnum`].
#[derive(Debug)]
pub(crate) struct DataVariant {
    pub(crate) ident: Ident,
    pub(crate) name: Name,
    /// Its documentation, one expression a line.
    pub(crate) docs: Vec<Expr>,
    pub(crate) payload: Payload,
    pub(crate) fields: Vec<Member>,
}

/// What a variant holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Payload {
    /// Nothing.
    Unit,
    /// One field without a name.
    Value,
    /// Several fields without names.
    Tuple,
    /// Fields with names.
    Fields,
}

impl DataEnum {
    /// Whether the enum has a variant with fields.
    pub(super) fn is(item: &ItemEnum) -> bool {
        item.variants.iter().any(|variant| !variant.fields.is_empty())
    }

    pub(super) fn of(item: &mut ItemEnum, options: EnumOptions, errors: &Errors) -> Self {
        let EnumOptions { head, case, is_error, .. } = options;
        let variants: Vec<_> =
            item.variants.iter_mut().map(|variant| DataVariant::of(variant, &head.ident, case, errors)).collect();
        check_distinct(variants.iter().map(|variant| (&variant.name, &[][..])), errors);
        if !is_error {
            variants.iter().for_each(|variant| check_no_text(&variant.fields, errors));
        }
        Self { head, variants, is_error }
    }
}

impl DataVariant {
    fn of(variant: &mut syn::Variant, owner: &Ident, case: Option<Case>, errors: &Errors) -> Self {
        let mut options = Options::take_from(&mut variant.attrs, errors);
        let name = Name::of(&variant.ident, &mut options, case, errors);
        let has_names = matches!(variant.fields, Fields::Named(_));
        let fields_case = if has_names { Case::of(&mut options, errors) } else { None };
        let known = if has_names { "`rename`, and `rename_all` for its fields" } else { "`rename`" };
        options.finish("a variant", known, errors);
        if let Some((_, number)) = &variant.discriminant {
            let message = "the tags of an enum with data count its variants from 0 in C; remove the number";
            errors.add(number, message);
        }
        let (payload, fields): (_, Vec<_>) = match &mut variant.fields {
            Fields::Named(fields) => {
                let member = |field| Member::of_field(field, owner, fields_case, errors);
                (Payload::Fields, fields.named.iter_mut().filter_map(member).collect())
            }
            Fields::Unnamed(fields) => {
                let payload = if fields.unnamed.len() == 1 { Payload::Value } else { Payload::Tuple };
                let member = |(index, field)| Member::of_unnamed(field, index, owner, errors);
                (payload, fields.unnamed.iter_mut().enumerate().map(member).collect())
            }
            Fields::Unit => (Payload::Unit, Vec::new()),
        };
        // Of brackets, `#[cfg]` may leave nothing.
        let payload = if fields.is_empty() { Payload::Unit } else { payload };
        check_distinct(fields.iter().map(|field| (&field.name, &field.cfgs[..])), errors);
        Self { ident: variant.ident.clone(), name, docs: docs(&variant.attrs), payload, fields }
    }
}
