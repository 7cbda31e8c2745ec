//! Prints what an annotated item becomes. By the time anything is printed every rule was
//! checked, so printing cannot fail.

mod derive;
mod entry;
mod enumeration;
mod event;
mod fallback;
mod function;
mod library;
mod members;
mod naming;
mod parts;
mod record;
mod symbols;
#[cfg(test)]
mod tests;
mod wide;

pub(crate) use library::{declare, of_state};
pub(crate) use naming::of_library;

use crate::errors::{Errors, told};
use crate::model::{Annotated, Function};
use crate::options::Options;
use crate::surroundings::Surroundings;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, ItemFn};

/// The item, unchanged but for its helper attributes, and what it becomes; or the item and
/// its mistakes.
pub(crate) fn ffi(options: TokenStream, tokens: TokenStream) -> TokenStream {
    if let Ok(declaration) = syn::parse2(tokens.clone()) {
        return event::ffi(options, declaration);
    }
    match syn::parse2(tokens.clone()) {
        Ok(item) => of_item(&options, item),
        Err(error) => {
            let error = told(&error);
            quote!(#tokens #error)
        }
    }
}

fn of_item(written: &TokenStream, mut item: Item) -> TokenStream {
    let errors = Errors::new();
    let options = Options::of_item(written.clone(), &errors);
    if let Item::Fn(function) = &mut item
        && let Some(around) = Surroundings::of_attribute()
    {
        return within(around, function, options, errors);
    }
    if derive::is_for(&item, &options) {
        errors.leave_to_derive();
        return derive::add(written, options, item);
    }
    let annotated = Annotated::of(&mut item, options, &errors);
    let expansion = expansion(annotated.as_ref(), errors);
    quote!(#item #expansion)
}

/// A function where hosts reach none, without its helper attributes, and that it cannot stand there: whatever else is
/// wrong with it is left for later.
fn within(around: Surroundings, function: &mut ItemFn, options: Options, errors: Errors) -> TokenStream {
    let error = told(&syn::Error::new_spanned(&function.sig.ident, around.advice(&function.sig)));
    drop(Function::of(function, options, &errors));
    errors.leave_to_derive();
    quote!(#function #error)
}

/// What the derive makes of a struct or an enum, beside it.
pub(crate) fn derive(tokens: TokenStream) -> TokenStream {
    let mut item: Item = match syn::parse2(tokens) {
        Ok(item) => item,
        Err(error) => return told(&error),
    };
    let errors = Errors::new();
    let annotated = derive::annotated(&mut item, &errors);
    expansion(annotated.as_ref(), errors)
}

/// What an item becomes; where it has mistakes, those, and what stands in for it.
fn expansion(annotated: Option<&Annotated>, errors: Errors) -> TokenStream {
    let print = if errors.any() { fallback::of } else { expand };
    let (expansion, errors) = (annotated.map(print), errors.into_tokens());
    quote!(#expansion #errors)
}

fn expand(annotated: &Annotated) -> TokenStream {
    match annotated {
        Annotated::Record(record) => record::expand(record),
        Annotated::Enumeration(enumeration) => enumeration::expand(enumeration),
        Annotated::Library(library) => library::expand(library),
        Annotated::State(state) => library::hand_on(state),
        Annotated::Function(function) => function::expand(function),
    }
}
