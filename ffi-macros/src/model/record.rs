//! A struct or an enum that crosses.

use super::member::{Member, check_distinct};
use super::Carried;
use crate::attr::Choices;
use crate::errors::Errors;
use crate::names::{Case, Name};
use crate::paths::Runtime;
use syn::{Fields, Generics, Ident, ItemEnum, ItemStruct, spanned::Spanned};

/// A struct with named fields, or without any.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) ident: Ident,
    pub(crate) name: Name,
    pub(crate) fields: Vec<Member>,
    pub(crate) carried: Carried,
    pub(crate) runtime: Runtime,
}

/// An enum without fields.
#[derive(Debug)]
pub(crate) struct Enumeration {
    pub(crate) ident: Ident,
    pub(crate) name: Name,
    pub(crate) variants: Vec<Variant>,
    pub(crate) carried: Carried,
    pub(crate) runtime: Runtime,
}

/// One variant of an [`Enumeration`].
#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) ident: Ident,
    pub(crate) name: Name,
    pub(crate) carried: Carried,
}

impl Record {
    pub(crate) fn of(item: &mut ItemStruct, mut choices: Choices, errors: &Errors) -> Option<Self> {
        let runtime = Runtime::of(&mut choices, errors);
        let case = Case::of(&mut choices, errors);
        let name = Name::of(&item.ident, &mut choices, None, errors);
        choices.finish("a struct", "`rename`, `rename_all`, `crate`, or `library` and its limits", errors);
        let is_generic = check_generics(&item.generics, errors);
        let fields = match &mut item.fields {
            Fields::Named(fields) => {
                fields.named.iter_mut().filter_map(|field| Member::of_field(field, case, errors)).collect()
            }
            Fields::Unnamed(fields) => {
                errors.add(fields, "a tuple struct has no names for its fields; write `struct Name { field: Type }`");
                Vec::new()
            }
            Fields::Unit => Vec::new(),
        };
        check_distinct(fields.iter().map(|field: &Member| (&field.name, &field.carried)), errors);
        let carried = Carried::of(&item.attrs);
        (!is_generic).then(|| Self { ident: item.ident.clone(), name, fields, carried, runtime })
    }
}

impl Enumeration {
    pub(crate) fn of(item: &mut ItemEnum, mut choices: Choices, errors: &Errors) -> Option<Self> {
        let runtime = Runtime::of(&mut choices, errors);
        let case = Case::of(&mut choices, errors);
        let name = Name::of(&item.ident, &mut choices, None, errors);
        choices.finish("an enum", "`rename`, `rename_all` and `crate`", errors);
        let is_generic = check_generics(&item.generics, errors);
        if item.variants.is_empty() {
            errors.add(&item.ident, "an enum without variants has no value that could cross; give it one");
        }
        let variants: Vec<_> = item.variants.iter_mut().map(|variant| Variant::of(variant, case, errors)).collect();
        check_distinct(variants.iter().map(|variant| (&variant.name, &variant.carried)), errors);
        let carried = Carried::of(&item.attrs);
        (!is_generic).then(|| Self { ident: item.ident.clone(), name, variants, carried, runtime })
    }
}

impl Variant {
    fn of(variant: &mut syn::Variant, case: Option<Case>, errors: &Errors) -> Self {
        if !matches!(variant.fields, Fields::Unit) {
            let message = "a variant with fields cannot cross, because C's enum is a number; use a struct with an \
                           enum and an `Option` for each field";
            errors.push(syn::Error::new(variant.fields.span(), message));
        }
        let mut choices = Choices::take_from(&mut variant.attrs, errors);
        let name = Name::of(&variant.ident, &mut choices, case, errors);
        choices.finish("a variant", "`rename`", errors);
        Self { ident: variant.ident.clone(), name, carried: Carried::of(&variant.attrs) }
    }
}

/// Notes generic parameters; whether there are any.
pub(super) fn check_generics(generics: &Generics, errors: &Errors) -> bool {
    if !generics.params.is_empty() {
        errors.add(
            generics,
            "generic parameters cannot cross the FFI boundary, because C needs one layout; write the types out",
        );
    } else if let Some(clause) = &generics.where_clause {
        errors.add(clause, "a `where` clause says nothing here; remove it");
    }
    !generics.params.is_empty()
}
