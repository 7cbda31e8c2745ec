//! Expands what records and parameter lists have in common: named values, one after the other.
//!
//! Each pass over the members prints one call a member, of a method of its type.

use super::parts::docs;
use crate::model::Member;
use crate::paths::{
    borrowed_at, bound_of, crossing_call, crossing_form_try, crossing_try, held, held_param, is_pointer, taking_call,
    variable_at,
};
use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Ident, Type, ext::IdentExt};

/// What `print` makes of each member, under the member's `#[cfg]`.
pub(super) fn each(members: &[Member], print: impl Fn(&Member) -> TokenStream) -> TokenStream {
    let one = |member: &Member| {
        let (cfgs, printed) = (&member.cfgs, print(member));
        quote!(#(#cfgs)* #printed)
    };
    members.iter().map(one).collect()
}

/// How many of the members there are, under their `#[cfg]`: rustc counts them where one has any.
pub(super) fn count(members: &[Member]) -> TokenStream {
    if members.iter().all(|member| member.cfgs.is_empty()) {
        return Literal::usize_unsuffixed(members.len()).into_token_stream();
    }
    let ones = each(members, |_| quote!((),));
    quote!(<[()]>::len(&[#ones]))
}

/// How many bytes stand in the C form in place of fields.
pub(super) fn empty_len(members: &[Member]) -> TokenStream {
    if members.iter().any(|member| member.cfgs.is_empty()) {
        return quote!(0);
    }
    let count = count(members);
    quote!((#count == 0) as usize)
}

/// The name of a C form.
pub(super) fn pod() -> Ident {
    Ident::new("__Pod", Span::call_site())
}

/// The C form, generic over the form of text: one field a member, and a byte where there would be none, since C has no
/// empty struct.
///
/// The byte stands last even where there is none of it, as an array of length zero: to know
/// whether a struct is `Sized`, rustc looks at its last field, and would report a member's type
/// that does not cross once more.
pub(super) fn pod_struct(name: &Ident, visibility: &TokenStream, members: &[Member]) -> TokenStream {
    struct_of_forms(name, visibility, members, held)
}

/// The C forms of parameters, which are a pointer where a C form holds a union.
pub(super) fn params_struct(members: &[Member]) -> TokenStream {
    struct_of_forms(&pod(), &TokenStream::new(), members, held_param)
}

fn struct_of_forms(
    name: &Ident,
    visibility: &TokenStream,
    members: &[Member],
    held: fn(&Type, &str) -> TokenStream,
) -> TokenStream {
    let empty = empty_len(members);
    let fields = each(members, |Member { ident, ty, .. }| {
        let pod = held(ty, "__F");
        quote!(#ident: #pod,)
    });
    quote! {
        #[repr(C)]
        #visibility struct #name<__F: __ffi::TextForm> {
            #fields
            __text: __ffi::core::marker::PhantomData<__F>,
            __empty: [u8; #empty],
        }
    }
}

/// The bound of the stack that its frames take.
///
/// The members' bounds stand in blocks of a generic function, which rustc evaluates where they are needed and
/// not where they are declared: a struct without end would be told of once more.
pub(super) fn stack(members: &[Member], is_wide: bool) -> TokenStream {
    let bound = stack_bound(members, is_wide);
    quote!(
        const STACK: usize = #bound;
    )
}

/// The bound of the frames for these members.
pub(super) fn stack_bound(members: &[Member], is_wide: bool) -> TokenStream {
    let kind = if is_wide { quote!(wide_record) } else { quote!(record) };
    let count = count(members);
    let bounds = each(members, |Member { ty, .. }| {
        let bound = bound_of(ty);
        quote!(#bound,)
    });
    quote! {
        {
            const fn bounds<__Late>() -> [usize; #count] {
                [#bounds]
            }
            __ffi::StackOf::<Self>::#kind(bounds::<()>())
        }
    }
}

/// The value, each member read from C memory by this method.
pub(super) fn read_pod(members: &[Member], read: &str) -> TokenStream {
    let fields = each(members, |Member { ident, name, ty, .. }| {
        let value = crossing_form_try(ty, read, &quote!(__fields, #name));
        quote!(#ident: #value.0,)
    });
    quote!(Self { #fields })
}

/// Whether a parameter with these members is passed by a pointer: where one of them is.
pub(super) fn by_pointer(members: &[Member]) -> TokenStream {
    let count = count(members);
    let all = each(members, |Member { ty, .. }| {
        let is_pointer = is_pointer(ty);
        quote!(#is_pointer,)
    });
    quote! {
        const BY_POINTER: bool = {
            const fn all<__Late>() -> [bool; #count] {
                [#all]
            }
            __ffi::any(all::<()>())
        };
    }
}

/// The entries of a map, each member's written.
pub(super) fn encode(members: &[Member]) -> TokenStream {
    each(members, |Member { ident, name, ty, .. }| {
        let encoded = crossing_try(ty, "encode_field", &quote!(&self.#ident, __writer, #name));
        quote!(#encoded;)
    })
}

/// The body of `decode`: one variable a member, filled as the keys come of the map that `reader.$begin` begins. The
/// order of the declaration is tried first. The value is made of them by `owner { … }`.
pub(super) fn decode(members: &[Member], begin: &TokenStream, owner: &TokenStream) -> TokenStream {
    let expected = numbered(members, "__", |variable, Member { name, ty, .. }| {
        let expected = crossing_try(ty, "decode_field", &quote!(__map, #name));
        quote!(let mut #variable = #expected;)
    });
    let late = numbered(members, "__", |variable, Member { name, ty, .. }| {
        let entry = borrowed_at(variable);
        let late = crossing_call(ty, "late_field", &quote!(#name, #entry));
        quote!(#late,)
    });
    let taken = numbered(members, "__", |variable, Member { ident, name, ty, .. }| {
        let taken = crossing_try(ty, "or_absent", &quote!(#variable, __map, #name));
        quote!(#ident: #taken,)
    });
    quote! {
        let __map = &mut __reader.#begin()?;
        #expected
        if !__map.is_over() {
            __map.rest(&mut [#late])?;
        }
        __map.end()?;
        ::core::result::Result::Ok(#owner { #taken })
    }
}

/// What `print` makes of each member and a name of its own, which begins with `head`.
pub(super) fn numbered(members: &[Member], head: &str, print: impl Fn(&Ident, &Member) -> TokenStream) -> TokenStream {
    let one = |(number, member): (usize, &Member)| {
        each(std::slice::from_ref(member), |member| print(&variable_at(&format!("{head}{number}"), &member.ty), member))
    };
    members.iter().enumerate().map(one).collect()
}

/// The description of each member, in its turn.
pub(super) fn describe(members: &[Member]) -> TokenStream {
    described(members, |ty, arguments| crossing_call(ty, "describe_field", arguments))
}

/// The description of each parameter of an export.
pub(super) fn describe_scalars(params: &[Member]) -> TokenStream {
    described(params, |ty, arguments| taking_call(ty, "describe_param", arguments))
}

fn described(members: &[Member], call: impl Fn(&Type, &TokenStream) -> TokenStream) -> TokenStream {
    each(members, |Member { ident, name, ty, docs: lines, .. }| {
        let (docs, rust_name) = (docs(lines), ident.unraw().to_string());
        let described = call(ty, &quote!(__fields, #name, #rust_name, #docs));
        quote!(#described;)
    })
}
