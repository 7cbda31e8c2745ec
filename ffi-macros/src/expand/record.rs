//! A struct.

use super::members::{self, each};
use super::parts::{docs, item_name, member_name, scope};
use super::wide;
use crate::model::{Head, Member, Record};
use crate::paths::{address_mut, crossing, crossing_call};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn expand(Record { head, fields }: &Record) -> TokenStream {
    let ident = &head.ident;
    // The record's mirror is as public as the record may be.
    let pod = members::pod_struct(&quote!(pub), fields);
    let (table, coder) = if fields.len() > wide::FEW { wide::expand(ident, fields) } else { in_place(fields) };
    let describe = describe(head, fields);
    let body = quote! {
        #pod

        #table

        // SAFETY: the C form has the fields that are described, and each is written as its type is.
        unsafe impl __ffi::FfiType for #ident {
            type Pod = __Pod;

            #coder

            #describe
        }

        impl __ffi::Present for #ident {}
    };
    scope(&head.runtime, &body)
}

/// No table, and the items of the impl that read and write each field in place.
fn in_place(fields: &[Member]) -> (TokenStream, TokenStream) {
    let (stack, from_pod, write_pod) = (members::stack(fields, false), from_pod(fields), write_pod(fields));
    let (encode, decode) = (encode(fields), members::decode(fields, &quote!(record)));
    let items = quote! {
        #stack

        #from_pod
        #write_pod
        #encode

        fn decode(__reader: &mut __ffi::cbor::Reader<'_>) -> ::core::result::Result<Self, __ffi::Fault> {
            #decode
        }
    };
    (TokenStream::new(), items)
}

fn from_pod(fields: &[Member]) -> TokenStream {
    let read = members::read_pod(fields);
    quote! {
        unsafe fn from_pod(
            __pod: *const __Pod,
            __source: &mut __ffi::pod::Reader,
        ) -> ::core::result::Result<Self, __ffi::Fault> {
            __source.record(|__source| #read)
        }
    }
}

fn write_pod(fields: &[Member]) -> TokenStream {
    let written = each(fields, |Member { ident, name, ty, .. }| {
        let place = address_mut("__place", ident, ty);
        let written = crossing_call(ty, "write_pod", &quote!(&mut self.#ident, #place, __sink));
        // SAFETY: the caller's promise about the whole holds for each of its fields.
        quote!({ __ffi::within(#name, unsafe { #written })?; })
    });
    quote! {
        unsafe fn write_pod(
            &mut self,
            __place: *mut __Pod,
            __sink: &mut __ffi::pod::Writer,
        ) -> ::core::result::Result<(), __ffi::Fault> {
            __sink.record(|__sink| {
                #written
                ::core::result::Result::Ok(())
            })
        }
    }
}

fn encode(fields: &[Member]) -> TokenStream {
    let written = each(fields, |Member { ident, name, ty, .. }| {
        let (pod, encoded) = (crossing(ty, "Pod"), crossing_call(ty, "encode", &quote!(&self.#ident, __writer)));
        quote! {{
            __writer.key::<#pod>(#name);
            __ffi::within(#name, #encoded)?;
        }}
    });
    quote! {
        #[inline]
        fn encode(&self, __writer: &mut __ffi::cbor::Writer<'_>) -> ::core::result::Result<(), __ffi::Fault> {
            __writer.record(__MEMBERS.len(), |__writer| {
                #written
                ::core::result::Result::Ok(())
            })
        }
    }
}

fn describe(head: &Head, fields: &[Member]) -> TokenStream {
    let item = item_name(head);
    let added = each(fields, |Member { ident, name, ty, docs: lines, .. }| {
        let (docs, pod, name) = (docs(lines), crossing(ty, "Pod"), member_name(name, ident));
        let described = crossing_call(ty, "describe", &quote!(__schema));
        quote!({ __builder.add::<#pod>(#name, #docs, |__schema| #described); })
    });
    quote! {
        fn describe(__schema: &mut __ffi::SchemaBuilder) -> __ffi::Type {
            __schema.record::<Self, __Pod>(#item, |__builder| {
                #added
            })
        }
    }
}
