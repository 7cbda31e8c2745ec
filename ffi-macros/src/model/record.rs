//! The model of a struct that crosses.

use super::attributes::docs;
use super::generics;
use super::head::Head;
use super::member::{Member, check_distinct, check_no_text};
use crate::errors::Errors;
use crate::names::{Case, Name};
use crate::options::Options;
use crate::paths::Runtime;
use syn::punctuated::Punctuated;
use syn::{Attribute, Fields, Ident, ItemStruct, Meta, Token};

/// A struct with named fields, or without any.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) head: Head,
    pub(crate) fields: Vec<Member>,
    /// Whether it is an error that functions return.
    pub(crate) is_error: bool,
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
