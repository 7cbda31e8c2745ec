//! What stands in for an item with a mistake, so that its users compile and the mistake is
//! reported once.

use super::{library, scope};
use crate::model::{Annotated, Carried};
use crate::paths::Runtime;
use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

/// Impls that typecheck and are never run, because the item's errors stop the build.
pub(super) fn of(annotated: &Annotated) -> Option<TokenStream> {
    match annotated {
        Annotated::Library(it) => Some(library::expand(it)),
        Annotated::Record(it) => Some(value(&it.ident, &it.carried, &it.runtime)),
        Annotated::Enumeration(it) => Some(value(&it.ident, &it.carried, &it.runtime)),
        Annotated::Function(_) => None,
    }
}

fn value(ident: &Ident, carried: &Carried, runtime: &Runtime) -> TokenStream {
    let body = quote! {
        unsafe impl __ffi::FfiType for #ident {
            type Pod = u8;

            unsafe fn from_pod(_: *const u8, _: &mut __ffi::PodSource) -> ::core::result::Result<Self, __ffi::Fault> {
                ::core::unreachable!()
            }

            unsafe fn write_pod(
                &mut self,
                _: *mut u8,
                _: &mut __ffi::PodSink,
            ) -> ::core::result::Result<(), __ffi::Fault> {
                ::core::unreachable!()
            }

            fn encode(&self, _: &mut __ffi::Writer<'_>) -> ::core::result::Result<(), __ffi::Fault> {
                ::core::unreachable!()
            }

            fn decode(_: &mut __ffi::Reader<'_>) -> ::core::result::Result<Self, __ffi::Fault> {
                ::core::unreachable!()
            }

            fn describe(_: &mut __ffi::SchemaBuilder) -> __ffi::Type {
                ::core::unreachable!()
            }
        }

        impl __ffi::Present for #ident {}
    };
    scope(carried, runtime, &body)
}
