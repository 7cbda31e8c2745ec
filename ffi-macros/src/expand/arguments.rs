//! Expands the parameters of a function as one type.

use super::members::{self, each};
use crate::model::Member;
use proc_macro2::TokenStream;
use quote::quote;

/// The parameters of the function as one type, which is read from C memory or from CBOR.
pub(super) fn arguments(params: &[Member], function: &TokenStream) -> TokenStream {
    if params.is_empty() {
        return quote!(
            type __Args = __ffi::NoArgs<#function>;
        );
    }
    let fields = each(params, |Member { ident, ty, .. }| quote!(#ident: #ty,));
    let (pod, read) = (members::params_struct(params), members::read_pod(params, "read_param"));
    let (decode, stack) = (members::decode(params, &quote!(request), &quote!(Self)), members::stack(params, false));
    let describe = describe(members::describe(params));
    quote! {
        struct __Args {
            #fields
        }

        // SAFETY: each of them is an `FfiType`, and may be sent as that promises. rustc then does not ask each again, and
        // tells once of one that is not.
        unsafe impl __ffi::core::marker::Send for __Args {}

        #pod

        // SAFETY: the C form, both readings and the description go by the same parameters in the same order.
        unsafe impl __ffi::Arguments for __Args {
            type Pod<__F: __ffi::TextForm> = __Pod<__F>;

            #stack

            unsafe fn from_pod<__F: __ffi::TextForm>(
                __pod: *const __Pod<__F>,
                __reader: &mut __ffi::pod::Reader<__F>,
            ) -> ::core::result::Result<Self, __ffi::Fault> {
                // SAFETY: the caller's promise; the parameters are read as the C form has them.
                let __fields = &mut unsafe { __ffi::ReadFields::of_parameters(__pod, __reader) };
                ::core::result::Result::Ok(#read)
            }

            fn decode(__reader: &mut __ffi::cbor::Reader<'_>) -> ::core::result::Result<Self, __ffi::Fault> {
                #decode
            }

            #describe
        }
    }
}

/// The function that describes parameters.
pub(super) fn describe(described: TokenStream) -> TokenStream {
    quote! {
        fn describe(__fields: &mut __ffi::FieldsBuilder<'_>) {
            #described
        }
    }
}
