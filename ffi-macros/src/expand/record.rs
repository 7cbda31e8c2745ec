//! A struct.

use super::members::{self, in_turn};
use super::parts::{item_name, scope};
use super::wide;
use crate::model::{Member, Record};
use crate::paths::crossing_call;
use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

pub(super) fn expand(Record { head, fields }: &Record) -> TokenStream {
    let (ident, item) = (&head.ident, item_name(head));
    // The record's mirror is as public as the record may be.
    let (pod, table) = (members::pod_struct(&quote!(pub), fields), members::table(ident, fields));
    let (impls, coder) = if fields.len() > wide::FEW { wide::expand(ident, fields) } else { by_field(ident, fields) };
    let body = quote! {
        #pod

        #table

        #impls

        // SAFETY: the C form has the fields that are described, and each is written as its type is.
        unsafe impl __ffi::FfiType for #ident {
            type Pod = __Pod;

            #coder

            fn describe(__schema: &mut __ffi::SchemaBuilder) -> __ffi::Type {
                __ffi::describe_record::<Self, __Pod>(__schema, #item, __fields::<()>())
            }
        }

        impl __ffi::Present for #ident {}
    };
    scope(&head.carried, &head.runtime, &body)
}

/// The impls that read and write field by field, and what the type's own impl makes of them.
fn by_field(ident: &Ident, fields: &[Member]) -> (TokenStream, TokenStream) {
    let (read, write, stack) = (members::fields(ident, fields), write(ident, fields), members::stack(fields, false));
    let coder = quote! {
        const STACK: usize = #stack;

        unsafe fn from_pod(
            __pod: *const __Pod,
            __reader: &mut __ffi::pod::Reader,
        ) -> ::core::result::Result<Self, __ffi::Fault> {
            // SAFETY: the caller's promise.
            unsafe { __ffi::record_from_pod(__pod, __reader) }
        }

        unsafe fn write_pod(
            &mut self,
            __place: *mut __Pod,
            __writer: &mut __ffi::pod::Writer,
        ) -> ::core::result::Result<(), __ffi::Fault> {
            // SAFETY: the caller's promise.
            unsafe { __ffi::write_record(self, __place, __writer) }
        }

        #[inline]
        fn encode(&self, __writer: &mut __ffi::cbor::Writer<'_>) -> ::core::result::Result<(), __ffi::Fault> {
            __ffi::encode_record(self, __writer)
        }

        fn decode(__reader: &mut __ffi::cbor::Reader<'_>) -> ::core::result::Result<Self, __ffi::Fault> {
            __ffi::decode_record(__reader)
        }
    };
    (quote!(#read #write), coder)
}

/// The impl that writes `owner` field by field.
fn write(owner: &Ident, fields: &[Member]) -> TokenStream {
    let written = in_turn(fields, |Member { ty, .. }, at| {
        let written = crossing_call(ty, "write_field", &quote!(__to, __fields, #at));
        quote!(#written?;)
    });
    let mirrors = members::mirrors(fields);
    quote! {
        // SAFETY: each field is written at its index in the table, as its type.
        unsafe impl __ffi::Record for #owner {
            #[inline(always)]
            fn write<__To: __ffi::FieldWriter>(__to: &mut __To) -> ::core::result::Result<(), __ffi::Fault> {
                #mirrors
                let __fields = __fields::<()>();
                #written
                ::core::result::Result::Ok(())
            }
        }
    }
}
