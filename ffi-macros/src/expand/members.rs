//! What records and parameter lists have in common: a table of named values, which reads and writes follow.

use super::parts::docs;
use crate::model::Member;
use crate::paths::{crossing, crossing_call, offset};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use syn::{Ident, ext::IdentExt};

/// What `print` makes of each member, under the member's `#[cfg]`.
pub(super) fn each(members: &[Member], print: impl Fn(&Member) -> TokenStream) -> TokenStream {
    let one = |member: &Member| {
        let (cfgs, printed) = (&member.carried.cfgs, print(member));
        quote!(#(#cfgs)* #printed)
    };
    members.iter().map(one).collect()
}

/// How many of the members there are, under their `#[cfg]`: the compiler's count where one has any.
fn count(members: &[Member]) -> TokenStream {
    if members.iter().all(|member| member.carried.cfgs.is_empty()) {
        return Literal::usize_unsuffixed(members.len()).into_token_stream();
    }
    let ones = each(members, |_| quote!((),));
    quote!(<[()]>::len(&[#ones]))
}

/// How many bytes the C form has in place of fields.
pub(super) fn empty_len(members: &[Member]) -> TokenStream {
    let count = count(members);
    match members {
        [] => quote!(1),
        _ if members.iter().any(|member| member.carried.cfgs.is_empty()) => quote!(0),
        _ => quote!((#count == 0) as usize),
    }
}

/// The C form: one field a member, and a byte where there would be none, since C has no
/// empty struct.
///
/// The byte stands last even where there is none of it, as an array of length zero: to know
/// whether a struct is `Sized`, rustc looks at its last field, and would report a member's type
/// that does not cross once more.
pub(super) fn pod_struct(visibility: &TokenStream, members: &[Member]) -> TokenStream {
    let empty = empty_len(members);
    let fields = each(members, |Member { ident, ty, .. }| {
        let pod = crossing(ty, "Pod");
        quote!(#ident: #pod,)
    });
    quote! {
        #[repr(C)]
        #visibility struct __Pod {
            #fields
            __empty: [u8; #empty],
        }
    }
}

/// The table of the members of `owner`.
///
/// It stands in a block of a generic function, which rustc evaluates where it is needed and not where it is
/// declared: a struct without end would be told of once more.
pub(super) fn table(owner: &Ident, members: &[Member]) -> TokenStream {
    let rows = each(members, |Member { ident, name, ty, carried }| {
        let (rust_name, docs, of_type) = (ident.unraw().to_string(), docs(carried), crossing(ty, "FIELD"));
        let in_value = offset(owner, ident, ty);
        quote!(#of_type.named(#name, #rust_name, #docs).at(#in_value),)
    });
    let mirrors = mirrors(members);
    quote! {
        const fn __fields<__Late>() -> &'static [__ffi::Field] {
            #mirrors
            const { &__ffi::fields([#rows]) }
        }
    }
}

/// The impl that reads `owner` field by field.
pub(super) fn fields(owner: &Ident, members: &[Member]) -> TokenStream {
    let mirrors = mirrors(members);
    let read = in_turn(members, |Member { ident, ty, .. }, at| {
        let read = crossing_call(ty, "read_field", &quote!(__from, __fields, #at));
        quote!(#ident: #read?,)
    });
    quote! {
        // SAFETY: the table has each field once, with its places and its type; each is read at its index, as its type.
        unsafe impl __ffi::Fields for #owner {
            type Pod = __Pod;

            fn fields() -> &'static [__ffi::Field] {
                __fields::<()>()
            }

            #[inline(always)]
            fn read<__From: __ffi::FieldReader>(__from: &mut __From) -> ::core::result::Result<Self, __ffi::Fault> {
                #mirrors
                let __fields = __fields::<()>();
                ::core::result::Result::Ok(Self { #read })
            }
        }
    }
}

/// The bound of the stack that its frames take.
///
/// The members' bounds stand in blocks of a generic function, for the reason that the [`table`] does.
pub(super) fn stack(members: &[Member], is_wide: bool) -> TokenStream {
    let kind = if is_wide { quote!(wide_record) } else { quote!(record) };
    let (count, mirrors) = (count(members), mirrors(members));
    let bounds = each(members, |Member { ty, .. }| {
        let bound = crossing(ty, "STACK");
        quote!(const { #bound },)
    });
    quote! {
        {
            const fn bounds<__Late>() -> [usize; #count] {
                #mirrors
                [#bounds]
            }
            __ffi::StackOf::<Self>::#kind(bounds::<()>())
        }
    }
}

/// A mention of each member's mirror, which stands before what else a body says of its type: rustc words a type that
/// does not cross in one way where its mirror is named, and tells it once.
pub(super) fn mirrors(members: &[Member]) -> TokenStream {
    each(members, |Member { ty, .. }| {
        let pod = crossing(ty, "Pod");
        quote!(__ffi::mirror::<#pod>();)
    })
}

/// What `print` makes of each member and its index in the table.
pub(super) fn in_turn(members: &[Member], print: impl Fn(&Member, &TokenStream) -> TokenStream) -> TokenStream {
    let one = |(at, member)| {
        let before = count(&members[..at]);
        each(std::slice::from_ref(member), |member| print(member, &before))
    };
    members.iter().enumerate().map(one).collect()
}
