//! Prints the C symbols of a function: its native entry point and its CBOR entry point.

use super::members::{each, empty_len};
use crate::model::{Function, Member};
use crate::names::{CBOR_SUFFIX, Name};
use crate::paths::{crossing, member_at, returning, returning_call, scalar};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{LitStr, Type};

/// The parameters, which a native entry takes by value.
fn by_value(params: &[Member]) -> TokenStream {
    each(params, |Member { ident, ty, .. }| {
        let pod = crossing(ty, "Pod");
        quote!(#ident: #pod,)
    })
}

/// One struct of them, on the stack, and its address.
fn gathered(params: &[Member]) -> (TokenStream, TokenStream) {
    if params.is_empty() {
        return (TokenStream::new(), quote!(&()));
    }
    let empty = empty_len(params);
    let fields = each(params, |Member { ident, ty, .. }| {
        let field = member_at(ident, ty);
        quote!(#field,)
    });
    (quote!(let __pod = __Pod { #fields __empty: [0; #empty] };), quote!(&raw const __pod))
}

/// `int F(void *ctx, FfiCallback cb, void *user_data, …)` and its CBOR entry point; without `ctx` for a
/// function without a state.
pub(super) fn of_callee(symbol: &Name, params: &[Member], has_state: bool) -> TokenStream {
    let (cbor, by_value, (gathered, pod)) = (cbor(symbol), by_value(params), gathered(params));
    let (taken, ctx) = if has_state {
        (quote!(__ctx: *mut ::core::ffi::c_void,), quote!(__ctx))
    } else {
        (TokenStream::new(), quote!(::core::ptr::null_mut()))
    };
    quote! {
        #[unsafe(export_name = #symbol)]
        unsafe extern "C" fn __entry(
            #taken
            __callback: __ffi::FfiCallback,
            __user_data: *mut ::core::ffi::c_void,
            #by_value
        ) -> ::core::ffi::c_int {
            #gathered
            // SAFETY: the host keeps the promises of the C function; the C forms live until the call returns.
            unsafe { __CALLEE.call_pod(#ctx, __callback, __user_data, #pod) }
        }

        #[unsafe(export_name = #cbor)]
        unsafe extern "C" fn __entry_cbor(
            #taken
            __callback: __ffi::FfiCallback,
            __user_data: *mut ::core::ffi::c_void,
            __request: *const u8,
            __len: usize,
        ) -> ::core::ffi::c_int {
            // SAFETY: the host keeps the promises of the C function: there are as many bytes as it says.
            unsafe { __CALLEE.call_cbor(#ctx, __callback, __user_data, __request, __len) }
        }
    }
}

/// `R F(…)`, which has no CBOR entry point.
pub(super) fn of_export(function: &Function, params: &[Member], returns: &Type, found: &TokenStream) -> TokenStream {
    let (symbol, ident, by_value) = (&function.symbol, &function.ident, by_value(params));
    let arguments = each(params, |Member { ident, name, ty, .. }| {
        let scalar = scalar(ty, ident);
        quote!(__ffi::within(#name, #scalar)?,)
    });
    let (form, absent) = (returning(returns, "C"), returning(returns, "absent"));
    let returned = returning_call(returns, "into_c", &quote!(#ident(#arguments)));
    quote! {
        #[unsafe(export_name = #symbol)]
        extern "C" fn __entry(#by_value) -> #form {
            __ffi::export::<__Export, _, _>(#found, || ::core::result::Result::Ok(#returned), #absent)
        }
    }
}

/// `void *F(…, FfiCallback cb, void *user_data)` and its CBOR entry point.
pub(super) fn of_constructor(symbol: &Name, params: &[Member]) -> TokenStream {
    let (cbor, by_value, (gathered, pod)) = (cbor(symbol), by_value(params), gathered(params));
    quote! {
        #[unsafe(export_name = #symbol)]
        unsafe extern "C" fn __entry(
            #by_value
            __callback: __ffi::FfiCallback,
            __user_data: *mut ::core::ffi::c_void,
        ) -> *mut ::core::ffi::c_void {
            #gathered
            // SAFETY: the host keeps the promises of the C function; the C forms live until the call returns.
            unsafe { __ffi::create_pod::<__Constructor>(__callback, __user_data, #pod) }
        }

        #[unsafe(export_name = #cbor)]
        unsafe extern "C" fn __entry_cbor(
            __request: *const u8,
            __len: usize,
            __callback: __ffi::FfiCallback,
            __user_data: *mut ::core::ffi::c_void,
        ) -> *mut ::core::ffi::c_void {
            // SAFETY: the host keeps the promises of the C function: there are as many bytes as it says.
            unsafe { __ffi::create_cbor::<__Constructor>(__request, __len, __callback, __user_data) }
        }
    }
}

/// `int F(void *ctx)`.
pub(super) fn of_destructor(symbol: &Name, state: &Type) -> TokenStream {
    quote! {
        #[unsafe(export_name = #symbol)]
        extern "C" fn __entry(__ctx: *mut ::core::ffi::c_void) -> ::core::ffi::c_int {
            __ffi::destroy::<#state>(__ctx)
        }
    }
}

/// The symbol of the CBOR entry point.
fn cbor(symbol: &Name) -> LitStr {
    LitStr::new(&format!("{}{CBOR_SUFFIX}", symbol.text), symbol.span)
}
