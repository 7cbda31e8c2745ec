//! Prints what an annotated item becomes. By the time anything is printed every rule was
//! checked, so printing cannot fail.

mod entry;
mod enumeration;
mod event;
mod fallback;
mod function;
mod library;
mod members;
mod record;
#[cfg(test)]
mod tests;
mod wide;

use crate::attr::Choices;
use crate::errors::Errors;
use crate::model::{Annotated, Carried, Head};
use crate::names::Name;
use crate::paths::Runtime;
use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::{Ident, Item};

/// The item, unchanged but for its helper attributes, and what it becomes; or the item and
/// its mistakes.
pub(crate) fn ffi(options: TokenStream, tokens: TokenStream) -> TokenStream {
    if let Ok(declaration) = syn::parse2(tokens.clone()) {
        return event::ffi(options, declaration);
    }
    let mut item: Item = match syn::parse2(tokens.clone()) {
        Ok(item) => item,
        Err(error) => {
            let error = error.to_compile_error();
            return quote!(#tokens #error);
        }
    };
    let errors = Errors::new();
    let choices = Choices::of_item(options, &errors);
    let annotated = Annotated::of(&mut item, choices, &errors);
    let print = if errors.any() { fallback::of } else { expand };
    let (expansion, errors) = (annotated.as_ref().map(print), errors.into_tokens());
    quote!(#item #expansion #errors)
}

fn expand(annotated: &Annotated) -> TokenStream {
    match annotated {
        Annotated::Record(record) => record::expand(record),
        Annotated::Enumeration(enumeration) => enumeration::expand(enumeration),
        Annotated::Library(library) => library::expand(library),
        Annotated::Function(function) => function::expand(function),
    }
}

/// Wraps what is made from an item: under the item's `#[cfg]`, where no name can clash with
/// the author's.
fn scope(carried: &Carried, runtime: &Runtime, body: &TokenStream) -> TokenStream {
    let cfgs = &carried.cfgs;
    let (import, lints) = (runtime.import(), lints());
    quote! {
        #(#cfgs)*
        #lints
        const _: () = {
            #import
            #body
        };
    }
}

/// Lints look at the author's tokens only; those allowed here were told at the item.
fn lints() -> TokenStream {
    quote!(#[allow(deprecated, non_snake_case, unreachable_patterns, clippy::all)])
}

/// Documentation as the runtime takes it.
fn docs(carried: &Carried) -> TokenStream {
    let lines = &carried.docs;
    quote!(&[#(#lines),*])
}

/// How the schema calls a field or a parameter.
fn member_name(name: &Name, ident: &Ident) -> TokenStream {
    let rust_name = ident.unraw().to_string();
    quote!(__ffi::MemberName { name: #name, rust_name: #rust_name })
}

/// How the schema calls an item.
fn item_name(Head { place: path, name, carried, .. }: &Head) -> TokenStream {
    let docs = docs(carried);
    quote! {
        __ffi::ItemName {
            name: #name,
            path: ::core::concat!(::core::module_path!(), "::", #path),
            docs: #docs,
        }
    }
}
