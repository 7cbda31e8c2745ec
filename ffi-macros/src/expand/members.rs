//! What records and parameter lists have in common: named values, one after the other.

use super::docs;
use crate::model::Member;
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

/// The C form: one field a member, and a byte where there would be none.
pub(super) fn pod_struct(members: &[Member]) -> TokenStream {
    let fields = members.iter().map(|Member { ident, ty, carried, .. }| {
        let cfgs = &carried.cfgs;
        let pod = quote_spanned!(ty.span()=> <#ty as __ffi::FfiType>::Pod);
        quote!(#(#cfgs)* #ident: #pod,)
    });
    let empty = empty_byte(members, &quote!(u8));
    quote! {
        #[repr(C)]
        #[derive(Clone, Copy)]
        pub struct __Pod {
            #(#fields)*
            #empty
        }
    }
}

/// C has no empty struct: one byte (`it` is its type, or its value), where there is no member or every one may be left out by
/// its `#[cfg]`.
pub(super) fn empty_byte(members: &[Member], it: &TokenStream) -> TokenStream {
    let predicates: Option<Vec<TokenStream>> = members
        .iter()
        .map(|member| {
            let each = member.carried.cfgs.iter().filter_map(|cfg| cfg.meta.require_list().ok());
            let each: Vec<_> = each.map(|list| &list.tokens).collect();
            (!each.is_empty()).then(|| quote!(all(#(#each),*)))
        })
        .collect();
    match predicates {
        None => TokenStream::new(),
        Some(predicates) if predicates.is_empty() => quote!(__empty: #it,),
        Some(predicates) => quote!(#[cfg(not(any(#(#predicates),*)))] __empty: #it,),
    }
}

/// The value, each member read from C memory.
pub(super) fn read_pod(members: &[Member]) -> TokenStream {
    let fields = members.iter().map(|Member { ident, name, ty, carried }| {
        let cfgs = &carried.cfgs;
        quote!(#(#cfgs)* #ident: unsafe { source.field::<#ty>(#name, &raw const (*pod).#ident) }?,)
    });
    quote!(::core::result::Result::Ok(Self { #(#fields)* }))
}

/// The body of `decode`: a slot a member, filled as the keys come by `reader.$walk`.
pub(super) fn decode(members: &[Member], walk: &TokenStream) -> TokenStream {
    let slots: Vec<_> = (0..members.len()).map(|index| format_ident!("__slot_{index}")).collect();
    let with_slots = || members.iter().zip(&slots);
    let declared = with_slots().map(|(Member { name, ty, carried, .. }, slot)| {
        let cfgs = &carried.cfgs;
        quote!(#(#cfgs)* let mut #slot = __ffi::Slot::<#ty>::new(#name);)
    });
    let arms = with_slots().map(|(Member { name, carried, .. }, slot)| {
        let cfgs = &carried.cfgs;
        quote!(#(#cfgs)* #name => #slot.fill(reader),)
    });
    let taken = with_slots().map(|(Member { ident, carried, .. }, slot)| {
        let cfgs = &carried.cfgs;
        quote!(#(#cfgs)* #ident: #slot.take()?,)
    });
    quote! {
        #(#declared)*
        reader.#walk(|reader, key| match key {
            #(#arms)*
            _ => reader.skip(),
        })?;
        ::core::result::Result::Ok(Self { #(#taken)* })
    }
}

/// Statements that add each member to `builder`, by what `add` makes of it.
pub(super) fn describe(members: &[Member], extra: impl Fn(&Member) -> TokenStream) -> TokenStream {
    members
        .iter()
        .map(|member| {
            let Member { name, ty, carried, .. } = member;
            let (cfgs, docs, extra) = (&carried.cfgs, docs(carried), extra(member));
            quote!(#(#cfgs)* { builder.add::<#ty>(#name, #docs #extra); })
        })
        .collect()
}
