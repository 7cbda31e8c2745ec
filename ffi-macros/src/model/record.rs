//! The models of a struct and of an enum that cross.

use super::attributes::docs;
use super::generics;
use super::member::{Member, check_distinct};
use crate::errors::Errors;
use crate::names::{Case, Name};
use crate::options::Options;
use crate::paths::Runtime;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Fields, Generics, Ident, ItemEnum, ItemStruct, Meta, Token, spanned::Spanned};

/// A struct with named fields, or without any.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) head: Head,
    pub(crate) fields: Vec<Member>,
    /// Whether it is an error that functions return.
    pub(crate) is_error: bool,
}

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

/// What a record and an enumeration both have.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) ident: Ident,
    /// The last part of its path in Rust, for the schema.
    pub(crate) place: String,
    pub(crate) name: Name,
    /// Its documentation, one expression a line.
    pub(crate) docs: Vec<Expr>,
    pub(crate) runtime: Runtime,
    /// None, unless there was an error.
    pub(crate) generics: Generics,
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

impl Record {
    pub(crate) fn of(item: &mut ItemStruct, mut options: Options, errors: &Errors) -> Self {
        let runtime = Runtime::of(&mut options, errors);
        let case = Case::of(&mut options, errors);
        let name = Name::of(&item.ident, &mut options, None, errors);
        let is_error = options.word("error", errors).is_some();
        if let Some(flat) = options.take_name("flat") {
            errors.add(flat, "`flat` is for an enum, of which only the variant's name crosses; put `#[ffi(text)]` on a field that is to be sent as its text");
        }
        options.finish("a struct", "`rename`, `rename_all`, `error` and `crate`, or `library` and its limits", errors);
        generics::check(&item.generics, errors);
        check_packed(&item.attrs, errors);
        let fields = fields(&mut item.fields, &item.ident, case, errors);
        if !is_error {
            check_no_text(&fields, errors);
        }
        let (ident, generics) = (item.ident.clone(), item.generics.clone());
        let place = ident.to_string();
        let head = Head { ident, place, name, docs: docs(&item.attrs), runtime, generics };
        Self { head, fields, is_error }
    }
}

/// Notes a field that is to be sent as its text, where nothing but that comes back.
fn check_no_text(fields: &[Member], errors: &Errors) {
    for text in fields.iter().filter_map(|field| field.text.as_ref()) {
        errors.add(text, "`text` is for a field of an error, which goes out only; write `#[ffi(error)]` on the struct");
    }
}

/// Notes `#[repr(packed)]`, whose fields nothing can refer to. The other layouts have no say in what crosses.
fn check_packed(attrs: &[Attribute], errors: &Errors) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("repr")) {
        let layouts = attr.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).unwrap_or_default();
        for packed in layouts.iter().filter(|layout| layout.path().is_ident("packed")) {
            let message = "a packed struct cannot cross the FFI boundary, because no reference to its fields can be taken; \
                           remove `packed` (the struct that C sees is another one, in C's own layout)";
            errors.add(packed, message);
        }
    }
}

fn fields(fields: &mut Fields, owner: &Ident, case: Option<Case>, errors: &Errors) -> Vec<Member> {
    let fields: Vec<_> = match fields {
        Fields::Named(fields) => {
            fields.named.iter_mut().filter_map(|field| Member::of_field(field, owner, case, errors)).collect()
        }
        Fields::Unnamed(fields) => {
            errors.add(fields, "a tuple struct has no names for its fields; write `struct Name { field: Type }`");
            Vec::new()
        }
        Fields::Unit => Vec::new(),
    };
    check_distinct(fields.iter().map(|field| (&field.name, &field.cfgs[..])), errors);
    fields
}

impl Enumeration {
    pub(crate) fn of(item: &mut ItemEnum, mut options: Options, errors: &Errors) -> Self {
        let runtime = Runtime::of(&mut options, errors);
        let case = Case::of(&mut options, errors);
        let name = Name::of(&item.ident, &mut options, None, errors);
        let is_error = options.word("error", errors).is_some();
        let flat = options.word("flat", errors);
        if let Some(flat) = flat.as_ref().filter(|_| !is_error) {
            errors.add(flat, "`flat` is for errors, which go out only; write `#[ffi(error, flat)]`");
        }
        let fields = match (&flat, is_error) {
            (Some(_), _) => VariantFields::Flat,
            (None, true) => VariantFields::OfError,
            (None, false) => VariantFields::None,
        };
        options.finish("an enum", "`rename`, `rename_all`, `error`, `flat` and `crate`", errors);
        generics::check(&item.generics, errors);
        let variants: Vec<_> =
            item.variants.iter_mut().map(|variant| Variant::of(variant, case, fields, errors)).collect();
        check_distinct(variants.iter().map(|variant| (&variant.name, &[][..])), errors);
        let (ident, generics) = (item.ident.clone(), item.generics.clone());
        let place = ident.to_string();
        let head = Head { ident, place, name, docs: docs(&item.attrs), runtime, generics };
        let reprs = item.attrs.iter().filter(|attr| attr.path().is_ident("repr")).cloned().collect();
        Self { head, variants, is_error, is_flat: flat.is_some(), reprs }
    }
}

/// What fields of variants are.
#[derive(Clone, Copy)]
enum VariantFields {
    /// Not sent.
    Flat,
    /// Refused, in an error.
    OfError,
    /// Refused.
    None,
}

impl VariantFields {
    /// What to write instead of them.
    fn refusal(self) -> Option<&'static str> {
        match self {
            Self::Flat => None,
            Self::OfError => Some(
                "a variant with fields cannot cross, because C's enum is a number; write `#[ffi(error, flat)]` to send \
                 the variant's name and the error's text, or make the error a struct",
            ),
            Self::None => Some(
                "a variant with fields cannot cross, because C's enum is a number; use a struct of an enum \
                 and an `Option` for each field",
            ),
        }
    }
}

impl Variant {
    fn of(variant: &mut syn::Variant, case: Option<Case>, fields: VariantFields, errors: &Errors) -> Self {
        if let Some(message) = fields.refusal().filter(|_| !matches!(variant.fields, Fields::Unit)) {
            errors.push(syn::Error::new(variant.fields.span(), message));
        }
        let mut options = Options::take_from(&mut variant.attrs, errors);
        let name = Name::of(&variant.ident, &mut options, case, errors);
        options.finish("a variant", "`rename`", errors);
        let discriminant = variant.discriminant.as_ref().map(|(_, number)| number.clone());
        Self { ident: variant.ident.clone(), name, docs: docs(&variant.attrs), discriminant }
    }
}
