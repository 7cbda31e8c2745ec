//! The types of fields as the author wrote them, where the compiler sees others in their place.
//!
//! rustc refuses some types of fields by itself (`&str` without a lifetime, say), and a derive cannot change its
//! item. So the attribute macro puts a type there that rustc takes, and keeps the author's beside it in an
//! `#[rustfmt::ffi_type(…)]`, where the derive finds it and reports it: one mistake, one message.

use super::types;
use crate::errors::Errors;
use syn::{Attribute, Field, Meta, Type, parse_quote};

/// The attribute that keeps a type, of a tool's, since rustc accepts those without a derive, too.
const KEPT: &str = "ffi_type";

/// Replaces the type of a field where rustc would refuse it too.
pub(crate) fn replace(field: &mut Field) {
    let (written, unseen) = (field.ty.clone(), Errors::new());
    types::check_field(&mut field.ty, &unseen);
    unseen.leave_to_derive();
    if field.ty != written {
        field.attrs.push(parse_quote!(#[rustfmt::ffi_type(#written)]));
    }
}

/// The type that the author wrote.
pub(super) fn type_of(field: &Field) -> Type {
    let is_kept = |attr: &&Attribute| attr.path().segments.last().is_some_and(|last| last.ident == KEPT);
    let kept = field.attrs.iter().filter(is_kept).find_map(|attr| match &attr.meta {
        Meta::List(list) => syn::parse2(list.tokens.clone()).ok(),
        Meta::Path(_) | Meta::NameValue(_) => None,
    });
    kept.unwrap_or_else(|| field.ty.clone())
}
