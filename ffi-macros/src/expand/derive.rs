//! Leaves structs and enums that cross to a derive.
//!
//! rustc resolves `cfg` and `cfg_attr` on fields and variants before it calls a derive, and after it has called an
//! attribute macro. So the attribute macro adds the derive and the author's options, as
//! `#[derive(…::FfiType)] #[ffi(__derived, …)]`, and the derive expands what the compiler has left.

use crate::errors::Errors;
use crate::model::Annotated;
use crate::options::{DERIVED, Options};
use crate::paths::Runtime;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Attribute, Fields, Item};

/// Whether the derive expands the item.
pub(super) fn is_for(item: &Item, options: &Options) -> bool {
    match item {
        Item::Struct(_) => !options.has("library"),
        Item::Enum(item) => !item.variants.is_empty(),
        _ => false,
    }
}

/// The item with the derive on it.
pub(super) fn add(written: &TokenStream, mut options: Options, mut item: Item) -> TokenStream {
    let unseen = Errors::new();
    let derive = Runtime::of(&mut options, &unseen).derive();
    unseen.leave_to_derive();
    fields(&mut item).for_each(crate::model::written::replace);
    let derived = format_ident!("{DERIVED}");
    let options = (!written.is_empty()).then(|| quote!(#[ffi(#derived, #written)]));
    quote!(#derive #options #item)
}

fn fields(item: &mut Item) -> impl Iterator<Item = &mut syn::Field> {
    let named = match item {
        Item::Struct(item) => match &mut item.fields {
            Fields::Named(fields) => Some(fields.named.iter_mut()),
            Fields::Unnamed(_) | Fields::Unit => None,
        },
        _ => None,
    };
    named.into_iter().flatten()
}

/// The meaning of an item in the derive.
pub(super) fn annotated(item: &mut Item, errors: &Errors) -> Option<Annotated> {
    let attrs = match item {
        Item::Struct(item) => &mut item.attrs,
        Item::Enum(item) => &mut item.attrs,
        _ => return None,
    };
    let options = Options::of_derived(attrs, errors);
    Annotated::of_derived(item, options, errors)
}

/// The item without helper attributes, where rustc found no derive and calls the attribute macro once more: what is
/// wrong has been said.
pub(super) fn cleared(mut item: Item) -> TokenStream {
    let helps = |attr: &Attribute| attr.path().is_ident("ffi") || attr.path().is_ident("ffi_type");
    fields(&mut item).for_each(|field| field.attrs.retain(|attr| !helps(attr)));
    if let Item::Enum(item) = &mut item {
        item.variants.iter_mut().for_each(|variant| variant.attrs.retain(|attr| !helps(attr)));
    }
    quote!(#item)
}
