//! What several expansions have alike.

use crate::model::{Carried, Head};
use crate::names::Name;
use crate::paths::Runtime;
use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;
use syn::ext::IdentExt;

/// Wraps what is made from an item: under the item's `#[cfg]`, where no name can clash with
/// the author's.
pub(super) fn scope(carried: &Carried, runtime: &Runtime, body: &TokenStream) -> TokenStream {
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
pub(super) fn lints() -> TokenStream {
    quote!(#[allow(deprecated, non_snake_case, unreachable_patterns, clippy::all)])
}

/// Documentation as the runtime takes it.
pub(super) fn docs(carried: &Carried) -> TokenStream {
    let lines = &carried.docs;
    quote!(&[#(#lines),*])
}

/// How the schema calls a field or a parameter.
pub(super) fn member_name(name: &Name, ident: &Ident) -> TokenStream {
    let rust_name = ident.unraw().to_string();
    quote!(__ffi::MemberName { name: #name, rust_name: #rust_name })
}

/// How the schema calls an item.
pub(super) fn item_name(Head { place: path, name, carried, .. }: &Head) -> TokenStream {
    let docs = docs(carried);
    quote! {
        __ffi::ItemName {
            name: #name,
            path: ::core::concat!(::core::module_path!(), "::", #path),
            docs: #docs,
        }
    }
}
