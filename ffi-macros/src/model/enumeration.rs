//! The model of an enum without fields, and the options of every enum.

use super::attributes::docs;
use super::generics;
use super::head::Head;
use super::member::check_distinct;
use crate::errors::Errors;
use crate::names::{Case, Name};
use crate::options::Options;
use crate::paths::Runtime;
use syn::{Attribute, Expr, Ident, ItemEnum};

/// An enum without fields.
#[derive(Debug)]
pub(crate) struct Enumeration {
    pub(crate) head: Head,
    pub(crate) variants: Vec<Variant>,
    /// Whether it is an error that functions return.
    pub(crate) is_error: bool,
    /// Whether its variants may have fields, which do not cross.
    pub(crate) is_flat: bool,
    /// Its `#[repr]`s, of which its discriminants are.
    pub(crate) reprs: Vec<Attribute>,
}

/// One variant of an [`Enumeration`].
#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) ident: Ident,
    pub(crate) name: Name,
    /// Its documentation, one expression a line.
    pub(crate) docs: Vec<Expr>,
    /// The number that it is given.
    pub(crate) discriminant: Option<Expr>,
}

/// What an author says of an enum.
#[derive(Debug)]
pub(super) struct EnumOptions {
    pub(super) head: Head,
    /// The case of its variants.
    pub(super) case: Option<Case>,
    /// Whether it is an error that functions return.
    pub(super) is_error: bool,
    /// Whether fields of its variants do not cross.
    pub(super) is_flat: bool,
}

impl EnumOptions {
    pub(super) fn of(item: &ItemEnum, mut options: Options, errors: &Errors) -> Self {
        let runtime = Runtime::of(&mut options, errors);
        let case = Case::of(&mut options, errors);
        let name = Name::of(&item.ident, &mut options, None, errors);
        let is_error = options.word("error", errors).is_some();
        let flat = options.word("flat", errors);
        if let Some(flat) = flat.as_ref().filter(|_| !is_error) {
            errors.add(flat, "`flat` is for errors, which go out only; write `#[ffi(error, flat)]`");
        }
        options.finish("an enum", "`rename`, `rename_all`, `error`, `flat` and `crate`", errors);
        generics::check(&item.generics, errors);
        let (ident, generics) = (item.ident.clone(), item.generics.clone());
        let place = ident.to_string();
        let head = Head { ident, place, name, docs: docs(&item.attrs), runtime, generics };
        Self { head, case, is_error, is_flat: flat.is_some() }
    }
}

impl Enumeration {
    pub(super) fn of(item: &mut ItemEnum, options: EnumOptions, errors: &Errors) -> Self {
        let EnumOptions { head, case, is_error, is_flat } = options;
        let variants: Vec<_> = item.variants.iter_mut().map(|variant| Variant::of(variant, case, errors)).collect();
        check_distinct(variants.iter().map(|variant| (&variant.name, &[][..])), errors);
        let reprs = item.attrs.iter().filter(|attr| attr.path().is_ident("repr")).cloned().collect();
        Self { head, variants, is_error, is_flat, reprs }
    }
}

impl Variant {
    fn of(variant: &mut syn::Variant, case: Option<Case>, errors: &Errors) -> Self {
        let mut options = Options::take_from(&mut variant.attrs, errors);
        let name = Name::of(&variant.ident, &mut options, case, errors);
        options.finish("a variant", "`rename`", errors);
        let discriminant = variant.discriminant.as_ref().map(|(_, number)| number.clone());
        Self { ident: variant.ident.clone(), name, docs: docs(&variant.attrs), discriminant }
    }
}
