//! The C symbols of a function.

use super::members::empty_byte;
use crate::model::Member;
use crate::names::{Name, TWIN};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::LitStr;
use syn::spanned::Spanned;

/// The parameters that every function's native entry takes by value.
fn by_value(params: &[Member]) -> TokenStream {
    params
        .iter()
        .map(|Member { ident, ty, carried, .. }| {
            let cfgs = &carried.cfgs;
            let pod = quote_spanned!(ty.span()=> <#ty as __ffi::FfiType>::Pod);
            quote!(#(#cfgs)* #ident: #pod,)
        })
        .collect()
}

/// One struct of them, on the stack.
fn gathered(params: &[Member]) -> TokenStream {
    let fields = params.iter().map(|Member { ident, carried, .. }| {
        let cfgs = &carried.cfgs;
        quote!(#(#cfgs)* #ident,)
    });
    let empty = empty_byte(params, &quote!(0));
    quote!(let __pod = __Pod { #(#fields)* #empty };)
}

/// `int F(void *ctx, FfiCallback cb, void *user_data, …)` and its twin.
pub(super) fn of_method(symbol: &Name, params: &[Member]) -> TokenStream {
    let (twin, by_value, gathered) = (twin(symbol), by_value(params), gathered(params));
    quote! {
        #[unsafe(export_name = #symbol)]
        pub unsafe extern "C" fn __entry(
            __ctx: *mut ::core::ffi::c_void,
            __callback: __ffi::FfiCallback,
            __user_data: *mut ::core::ffi::c_void,
            #by_value
        ) -> ::core::ffi::c_int {
            #gathered
            unsafe { __ffi::submit_pod::<__Handler>(__ctx, __callback, __user_data, &raw const __pod) }
        }

        #[unsafe(export_name = #twin)]
        pub unsafe extern "C" fn __entry_cbor(
            ctx: *mut ::core::ffi::c_void,
            callback: __ffi::FfiCallback,
            user_data: *mut ::core::ffi::c_void,
            request: *const u8,
            len: usize,
        ) -> ::core::ffi::c_int {
            unsafe { __ffi::submit_cbor::<__Handler>(ctx, callback, user_data, request, len) }
        }
    }
}

/// `void *F(…, FfiCallback cb, void *user_data)` and its twin.
pub(super) fn of_constructor(symbol: &Name, params: &[Member]) -> TokenStream {
    let (twin, by_value, gathered) = (twin(symbol), by_value(params), gathered(params));
    quote! {
        #[unsafe(export_name = #symbol)]
        pub unsafe extern "C" fn __entry(
            #by_value
            __callback: __ffi::FfiCallback,
            __user_data: *mut ::core::ffi::c_void,
        ) -> *mut ::core::ffi::c_void {
            #gathered
            unsafe { __ffi::create_pod::<__Constructor>(__callback, __user_data, &raw const __pod) }
        }

        #[unsafe(export_name = #twin)]
        pub unsafe extern "C" fn __entry_cbor(
            request: *const u8,
            len: usize,
            callback: __ffi::FfiCallback,
            user_data: *mut ::core::ffi::c_void,
        ) -> *mut ::core::ffi::c_void {
            unsafe { __ffi::create_cbor::<__Constructor>(request, len, callback, user_data) }
        }
    }
}

/// `int F(void *ctx)`.
pub(super) fn of_destructor(symbol: &Name, state: &syn::Type) -> TokenStream {
    quote! {
        #[unsafe(export_name = #symbol)]
        pub extern "C" fn __entry(ctx: *mut ::core::ffi::c_void) -> ::core::ffi::c_int {
            __ffi::destroy::<#state>(ctx)
        }
    }
}

fn twin(symbol: &Name) -> LitStr {
    LitStr::new(&format!("{}{TWIN}", symbol.text), symbol.span)
}
