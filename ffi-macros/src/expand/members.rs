//! What records and parameter lists have in common: named values, one after the other.

use crate::model::Member;
use crate::paths::{address, crossing, crossing_call};
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::{Ident, ext::IdentExt};

/// What `print` makes of each member, under the member's `#[cfg]`.
pub(super) fn each(members: &[Member], print: impl Fn(&Member) -> TokenStream) -> TokenStream {
    let one = |member: &Member| {
        let (cfgs, printed) = (&member.cfgs, print(member));
        quote!(#(#cfgs)* #printed)
    };
    members.iter().map(one).collect()
}

/// The C form: one field a member, and a byte where there would be none, since C has no
/// empty struct.
///
/// The byte stands last even where there is none of it, as an array of length zero: to know
/// whether a struct is `Sized`, rustc looks at its last field, and would report a member's type
/// that does not cross once more.
pub(super) fn pod_struct(visibility: &TokenStream, members: &[Member]) -> TokenStream {
    let ones = each(members, |_| quote!((),));
    let fields = each(members, |Member { ident, ty, .. }| {
        let pod = crossing(ty, "Pod");
        quote!(#ident: #pod,)
    });
    quote! {
        const __MEMBERS: &[()] = &[#ones];

        #[repr(C)]
        #visibility struct __Pod {
            #fields
            __empty: [u8; __MEMBERS.is_empty() as usize],
        }
    }
}

/// The bound of the stack that its frames take.
///
/// The members' bounds stand in blocks of a generic function, which rustc evaluates where they are needed and
/// not where they are declared: a struct without end would be told of once more.
pub(super) fn stack(members: &[Member], is_wide: bool) -> TokenStream {
    let kind = if is_wide { quote!(wide_record) } else { quote!(record) };
    let bounds = each(members, |Member { ty, .. }| {
        let (pod, bound) = (crossing(ty, "Pod"), crossing(ty, "STACK"));
        quote!(__ffi::stack_of_member::<#pod>(const { #bound }),)
    });
    quote! {
        const STACK: usize = {
            const fn bounds<Late>() -> [usize; __MEMBERS.len()] {
                [#bounds]
            }
            __ffi::StackOf::<Self>::#kind(bounds::<()>())
        };
    }
}

/// The value, each member read from C memory.
pub(super) fn read_pod(members: &[Member]) -> TokenStream {
    let fields = each(members, |Member { ident, name, ty, .. }| {
        let place = address("__pod", ident, ty);
        let value = crossing_call(ty, "from_pod", &quote!(#place, __source));
        // SAFETY: the caller's promise about the whole holds for each of its members.
        quote!(#ident: __ffi::within(#name, unsafe { #value })?,)
    });
    quote!(::core::result::Result::Ok(Self { #fields }))
}

/// The body of `decode`: a slot a member, filled as the keys come of the map that
/// `reader.$walk` reads. The order of the declaration is tried first.
pub(super) fn decode(members: &[Member], walk: &TokenStream) -> TokenStream {
    let slot = |ident: &Ident| format_ident!("__slot_{}", ident.unraw(), span = Span::call_site());
    let declared = each(members, |Member { ident, ty, .. }| {
        let (slot, pod) = (slot(ident), crossing(ty, "Pod"));
        let decoded = crossing_call(ty, "decode", &quote!(__reader));
        quote!(let mut #slot = __ffi::Slot::new::<#pod>(|__reader| #decoded);)
    });
    let expected = each(members, |Member { ident, name, .. }| {
        let slot = slot(ident);
        quote!(#slot.expect(#name, __reader, &mut __map)?;)
    });
    let slots = each(members, |Member { ident, name, .. }| {
        let slot = slot(ident);
        quote!((#name, &mut #slot),)
    });
    let taken = each(members, |Member { ident, name, ty, .. }| {
        let (slot, absent) = (slot(ident), crossing_call(ty, "absent", &quote!(__reader)));
        quote!(#ident: __ffi::within(#name, #slot.take(|| #absent))?,)
    });
    quote! {
        #declared
        __reader.#walk(|__reader, mut __map| {
            #expected
            if __map.is_over() {
                return ::core::result::Result::Ok(());
            }
            __reader.rest(__map, &mut [#slots])
        })?;
        ::core::result::Result::Ok(Self { #taken })
    }
}
