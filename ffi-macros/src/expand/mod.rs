//! Prints what an annotated item becomes. By the time anything is printed every rule was
//! checked, so printing cannot fail.

mod arguments;
mod data_enum;
mod derive;
mod entry;
mod enumeration;
mod error;
mod event;
mod fallback;
mod finding;
mod function;
mod library;
mod members;
mod naming;
mod parts;
mod record;
mod state;
mod symbols;
#[cfg(test)]
mod tests;
mod wide;
mod write;

pub(crate) use library::declare;
pub(crate) use naming::of_library;
pub(crate) use state::of_state;

use crate::errors::{Errors, told};
use crate::model::{Annotated, Function};
use crate::options::Options;
use crate::surroundings::Surroundings;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, ItemFn, parse_quote};

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
        && let Some(around) = Surroundings::of_attribute(&function.sig)
    {
        errors.leave_to_derive();
        return within(&around, function, written);
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
/// wrong with it is left for later. As a constructor or a destructor it is there for the other one, so its body says so.
fn within(around: &Surroundings, function: &mut ItemFn, options: &TokenStream) -> TokenStream {
    let error = told(&syn::Error::new_spanned(&function.sig.ident, around.advice(&function.sig, false)));
    let free = around.freed(&function.sig).map(|sig| ItemFn { sig, ..function.clone() });
    let stand_in = free.map(|mut free| part(&mut free, options)).unwrap_or_default();
    drop(part(function, options));
    if !stand_in.is_empty() {
        function.block.stmts.insert(0, parse_quote!(#[allow(non_local_definitions)] #stand_in));
    }
    quote!(#function #error)
}

/// What stands in for a function whose mistakes are left for later. Its helper attributes are removed.
fn part(function: &mut ItemFn, options: &TokenStream) -> TokenStream {
    let unseen = Errors::new();
    let function = Function::of(function, Options::of_item(options.clone(), &unseen), &unseen);
    unseen.leave_to_derive();
    function.map(|function| fallback::of(&Annotated::Function(function))).unwrap_or_default()
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
        Annotated::DataEnum(data_enum) => data_enum::expand(data_enum),
        Annotated::Library(library) => library::expand(library),
        Annotated::State(state) => library::hand_on(state),
        Annotated::Function(function) => function::expand(function),
    }
}
