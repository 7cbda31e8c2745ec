//! Parts of several expansions: scopes, lints, documentation, names of items.

use crate::model::Head;
use crate::paths::Runtime;
use proc_macro2::TokenStream;
use quote::quote;
use syn::Expr;

/// Wraps what is made from an item, so that no name clashes with the author's.
pub(super) fn scope(runtime: &Runtime, body: &TokenStream) -> TokenStream {
    let (import, lints) = (runtime.import(), lints());
    quote! {
        #lints
        const _: () = {
            #import
            #body
        };
    }
}

/// Lints look at the author's tokens only; those allowed here were told at the item.
pub(super) fn lints() -> TokenStream {
    quote!(#[allow(deprecated, non_snake_case, unreachable_patterns, clippy::all)])
}

/// Documentation as the runtime takes it.
pub(super) fn docs(lines: &[Expr]) -> TokenStream {
    quote!(&[#(#lines),*])
}

/// How the schema calls an item.
pub(super) fn item_name(Head { place: path, name, docs: lines, .. }: &Head) -> TokenStream {
    let docs = docs(lines);
    quote! {
        __ffi::ItemName {
            name: #name,
            path: ::core::concat!(::core::module_path!(), "::", #path),
            docs: #docs,
        }
    }
}
