//! Prints the C symbols of a function: its native entry point and its CBOR entry point.

use super::members::{each, empty_len, numbered};
use super::naming::{found, symbol, symbol_cbor};
use crate::model::{Function, Member};
use crate::names::Name;
use crate::paths::{held_at, held_param, returning, returning_call, taking, taking_call};
use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

/// The parameters, which a native entry takes by value.
///
/// Each has a type of its own, which C passes as it does the C form inside. rustc normalizes the types in a function's
/// signature, and would tell of what does not cross behind a `Vec` once more than it does for a field.
struct ByValue {
    /// The types.
    types: TokenStream,
    /// The parameters of the entry.
    params: TokenStream,
    /// One struct of them, on the stack.
    gathered: TokenStream,
    /// Its address.
    pod: TokenStream,
}

impl ByValue {
    fn of(params: &[Member]) -> Self {
        if params.is_empty() {
            let none = TokenStream::new;
            return Self { types: none(), params: none(), gathered: none(), pod: quote!(&()) };
        }
        let empty = empty_len(params);
        let types = numbered(params, "__Param", |name, Member { ty, .. }| {
            let held = held_param(ty, "__Text");
            quote!(#[repr(transparent)] struct #name(#held, [u8; 0]);)
        });
        let taken = numbered(params, "__Param", |name, Member { ident, .. }| quote!(#ident: #name,));
        let fields = each(params, |Member { ident, ty, .. }| {
            let field = held_at(ident, ty);
            quote!(#field,)
        });
        let gathered = quote!(let __pod = __Pod::<__Text> { #fields __text: __ffi::core::marker::PhantomData, __empty: [0; #empty] };);
        Self { types, params: taken, gathered, pod: quote!(&raw const __pod) }
    }
}

/// `int F(void *ctx, FfiCallback cb, void *user_data, …)` and its CBOR entry point; without `ctx` for a
/// function without a state.
pub(super) fn of_callee(name: &Name, params: &[Member], has_state: bool) -> TokenStream {
    let (symbol, cbor) = (symbol(name), symbol_cbor(name));
    let ByValue { types, params, gathered, pod } = ByValue::of(params);
    let (taken, ctx) = if has_state {
        (quote!(__ctx: *mut ::core::ffi::c_void,), quote!(__ctx))
    } else {
        (TokenStream::new(), quote!(::core::ptr::null_mut()))
    };
    quote! {
        #types

        #[unsafe(export_name = #symbol)]
        unsafe extern "C" fn __entry(
            #taken
            __callback: __ffi::FfiCallback,
            __user_data: *mut ::core::ffi::c_void,
            #params
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
pub(super) fn of_export(function: &Function, params: &[Member], returns: &Type) -> TokenStream {
    let (symbol, ident, found) = (symbol(&function.symbol), &function.ident, found());
    let by_value = each(params, |Member { ident, ty, .. }| {
        let form = taking(ty, "C");
        quote!(#ident: #form,)
    });
    let arguments = each(params, |Member { ident, name, ty, .. }| {
        let value = taking_call(ty, "from_c", &quote!(#ident));
        quote!(__ffi::within(#name, #value)?,)
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
pub(super) fn of_constructor(name: &Name, params: &[Member]) -> TokenStream {
    let (symbol, cbor) = (symbol(name), symbol_cbor(name));
    let ByValue { types, params, gathered, pod } = ByValue::of(params);
    quote! {
        #types

        #[unsafe(export_name = #symbol)]
        unsafe extern "C" fn __entry(
            #params
            __callback: __ffi::FfiCallback,
            __user_data: *mut ::core::ffi::c_void,
        ) -> *mut ::core::ffi::c_void {
            #gathered
            // SAFETY: the host keeps the promises of the C function; the C forms live until the call returns.
            unsafe { __ffi::create_pod::<__Constructor, __Text>(__callback, __user_data, #pod) }
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
pub(super) fn of_destructor(name: &Name, state: &Type) -> TokenStream {
    let symbol = symbol(name);
    quote! {
        #[unsafe(export_name = #symbol)]
        extern "C" fn __entry(__ctx: *mut ::core::ffi::c_void) -> ::core::ffi::c_int {
            __ffi::destroy::<#state>(__ctx)
        }
    }
}
