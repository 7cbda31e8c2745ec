//! Prints what an annotated item becomes. By the time anything is printed every rule was
//! checked, so printing cannot fail.

mod enumeration;
mod entry;
mod fallback;
mod function;
mod library;
mod members;
mod record;

use crate::attr::Choices;
use crate::errors::Errors;
use crate::model::{Annotated, Carried};
use crate::paths::Runtime;
use proc_macro2::TokenStream;
use quote::quote;
use syn::Item;

/// The item, unchanged but for its helper attributes, and what it becomes; or the item and
/// its mistakes.
pub(crate) fn ffi(options: TokenStream, tokens: TokenStream) -> TokenStream {
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
    let expansion = if errors.any() { annotated.as_ref().and_then(fallback::of) } else { annotated.map(|it| expand(&it)) };
    let errors = errors.into_tokens();
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
/// the user's and no lint of the user's applies.
fn scope(carried: &Carried, runtime: &Runtime, body: &TokenStream) -> TokenStream {
    let cfgs = &carried.cfgs;
    let import = runtime.import();
    quote! {
        #(#cfgs)*
        #[doc(hidden)]
        #[allow(
            unsafe_code,
            missing_docs,
            deprecated,
            unreachable_pub,
            unused_qualifications,
            non_camel_case_types,
            non_snake_case,
            clippy::all,
            clippy::pedantic,
            clippy::nursery,
            clippy::undocumented_unsafe_blocks,
            clippy::multiple_unsafe_ops_per_block
        )]
        const _: () = {
            #import
            #body
        };
    }
}

/// Documentation as the runtime takes it.
fn docs(carried: &Carried) -> TokenStream {
    let lines = &carried.docs;
    quote!(&[#(#lines),*])
}
