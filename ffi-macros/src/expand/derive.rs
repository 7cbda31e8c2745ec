//! Leaves structs and enums that cross to a derive.
//!
//! rustc resolves `cfg` and `cfg_attr` on fields and variants before it calls a derive, and after it has called an
//! attribute macro. So the attribute macro adds the derive and the author's options, as
//! `#[derive(…::FfiType)] #[rustfmt::ffi(…)]`, and the derive expands what the compiler has left.

use crate::errors::{Errors, told};
use crate::model::Annotated;
use crate::options::Options;
use crate::paths::Runtime;
use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned;
use syn::{Attribute, Fields, Item, ItemEnum, ItemStruct, Meta, MetaList, MetaNameValue, parse_quote_spanned};

/// Whether the derive expands the item.
pub(super) fn is_for(item: &Item, options: &Options) -> bool {
    match item {
        Item::Struct(_) => !options.has("library") && !options.has("state"),
        Item::Enum(item) => !item.variants.is_empty(),
        _ => false,
    }
}

/// The item with the derive on it.
pub(super) fn add(written: &TokenStream, mut options: Options, mut item: Item) -> TokenStream {
    let unseen = Errors::new();
    let derive = Runtime::of(&mut options, &unseen).derive();
    unseen.leave_to_derive();
    let twice = second(&mut item);
    if !options.has("flat") {
        fields(&mut item).filter(|field| !is_text(field)).for_each(crate::model::written::replace);
    }
    attributes(&mut item).flatten().for_each(keep);
    let options = (!written.is_empty()).then(|| quote!(#[rustfmt::ffi(#written)]));
    quote!(#derive #options #item #twice)
}

/// Takes every `#[ffi]` below this one away, which the derive would take for more options, and returns the error.
fn second(item: &mut Item) -> Option<TokenStream> {
    let (Item::Struct(ItemStruct { attrs, .. }) | Item::Enum(ItemEnum { attrs, .. })) = item else { return None };
    let is_ffi = |attr: &mut Attribute| attr.path().segments.last().is_some_and(|last| last.ident == "ffi");
    let more: Vec<_> = attrs.extract_if(.., is_ffi).collect();
    let error = syn::Error::new_spanned(more.first()?, "`#[ffi]` stands here twice; put all options into one");
    Some(told(&error))
}

/// The attributes of the variants and of all fields.
fn attributes(item: &mut Item) -> impl Iterator<Item = &mut Vec<Attribute>> {
    let (fields, variants) = match item {
        Item::Struct(item) => (Some(item.fields.iter_mut()), None),
        Item::Enum(item) => (None, Some(item.variants.iter_mut())),
        _ => (None, None),
    };
    let fields = fields.into_iter().flatten().map(|field| &mut field.attrs);
    fields.chain(variants.into_iter().flatten().flat_map(|syn::Variant { attrs, fields, .. }| {
        std::iter::once(attrs).chain(fields.iter_mut().map(|field| &mut field.attrs))
    }))
}

/// Renames `#[ffi]` into an attribute of a tool, which rustc accepts also where it finds no derive: a runtime that is
/// missing is then told once.
fn keep(attr: &mut Attribute) {
    let (Meta::Path(path) | Meta::List(MetaList { path, .. }) | Meta::NameValue(MetaNameValue { path, .. })) =
        &mut attr.meta;
    if path.is_ident("ffi") {
        *path = parse_quote_spanned!(path.span()=> rustfmt::ffi);
    }
}

/// Whether a field is sent as its text, whatever its type.
fn is_text(field: &syn::Field) -> bool {
    let unseen = Errors::new();
    let is_text = Options::take_from(&mut field.attrs.clone(), &unseen).has("text");
    unseen.leave_to_derive();
    is_text
}

/// The fields that cross: those of a tuple struct are refused anyway.
fn fields(item: &mut Item) -> impl Iterator<Item = &mut syn::Field> {
    let (fields, variants) = match item {
        Item::Struct(ItemStruct { fields: Fields::Named(fields), .. }) => (Some(fields.named.iter_mut()), None),
        Item::Enum(item) => (None, Some(item.variants.iter_mut())),
        _ => (None, None),
    };
    fields.into_iter().flatten().chain(variants.into_iter().flatten().flat_map(|variant| variant.fields.iter_mut()))
}

/// The meaning of an item in the derive.
pub(super) fn annotated(item: &mut Item, errors: &Errors) -> Option<Annotated> {
    let attrs = match item {
        Item::Struct(item) => &mut item.attrs,
        Item::Enum(item) => &mut item.attrs,
        _ => return None,
    };
    let options = Options::take_from(attrs, errors);
    Annotated::of_derived(item, options, errors)
}
