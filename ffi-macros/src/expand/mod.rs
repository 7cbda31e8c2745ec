//! Prints what an annotated item becomes. By the time anything is printed every rule was
//! checked, so printing cannot fail.

mod entry;
mod enumeration;
mod event;
mod fallback;
mod function;
mod library;
mod members;
mod parts;
mod record;
#[cfg(test)]
mod tests;
mod wide;

use crate::attr::Choices;
use crate::errors::Errors;
use crate::model::Annotated;
use proc_macro2::TokenStream;
use quote::quote;
use syn::Item;

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
