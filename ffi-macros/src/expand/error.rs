//! Expands what makes a type an error that crosses beside its text.

use super::members::each;
use crate::model::{Head, Member};
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Ident;

/// What crosses in place of an error of which a part does not.
pub(super) fn form() -> Ident {
    Ident::new("__Form", Span::call_site())
}

/// The struct that crosses in place of one with fields that are sent as their texts.
pub(super) fn form_of(fields: &[Member]) -> TokenStream {
    let form = form();
    let fields = each(fields, |Member { ident, ty, .. }| quote!(#ident: #ty,));
    quote!(pub struct #form { #fields })
}

/// That struct, of an error.
pub(super) fn into_form_of(fields: &[Member]) -> TokenStream {
    let form = form();
    let values = each(fields, |Member { ident, text, .. }| match text {
        Some(text) => text_of(text, &ident.clone().into(), |here| quote_spanned!(here=> &self.#ident)),
        None => quote!(#ident: self.#ident,),
    });
    quote!(#form { #values })
}

/// A field's place with the text of the value, where the option `text` stands.
pub(super) fn text_of(text: &Ident, place: &syn::Member, value: impl Fn(Span) -> TokenStream) -> TokenStream {
    let here = Span::call_site().located_at(text.span());
    let value = value(here);
    quote_spanned!(here=> #place: __ffi::ErrorText::text(#value),)
}

/// That functions fail with it, where `form` is what crosses and `into_form` makes it of `self`.
pub(super) fn typed(head: &Head, form: &TokenStream, into_form: &TokenStream) -> TokenStream {
    let Head { ident, place, name, .. } = head;
    let text = &name.text;
    let body = quote! {
        type Form = #form;

        const ITEM: __ffi::ItemName = __ffi::ItemName {
            name: ::core::concat!("failure_", #text),
            path: ::core::concat!(::core::module_path!(), "::failure_", #place),
            docs: &[" What a function fails with: the text of an error, and the error."],
        };

        fn into_form(self) -> Self::Form {
            #into_form
        }
    };
    let typed = quote_spanned!(ident.span()=> impl __ffi::TypedError for #ident { #body });
    quote! {
        #typed

        __ffi::inventory::submit!(<#ident as __ffi::TypedError>::ENTRY);
    }
}
