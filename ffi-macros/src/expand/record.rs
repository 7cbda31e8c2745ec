//! A struct.

use super::{docs, members, scope};
use crate::model::{Member, Record};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn expand(record: &Record) -> TokenStream {
    let Record { ident, fields, carried, runtime, .. } = record;
    let pod = members::pod_struct(fields);
    let (from_pod, write_pod) = (from_pod(fields), write_pod(fields));
    let (encode, decode) = (encode(fields), members::decode(fields, &quote!(record)));
    let describe = describe(record);
    let body = quote! {
        #pod

        unsafe impl __ffi::FfiType for #ident {
            type Pod = __Pod;

            #from_pod
            #write_pod
            #encode

            fn decode(reader: &mut __ffi::Reader<'_>) -> ::core::result::Result<Self, __ffi::Fault> {
                #decode
            }

            #describe
        }

        impl __ffi::Present for #ident {}
    };
    scope(carried, runtime, &body)
}

fn from_pod(fields: &[Member]) -> TokenStream {
    let read = members::read_pod(fields);
    quote! {
        unsafe fn from_pod(
            pod: *const __Pod,
            source: &mut __ffi::PodSource,
        ) -> ::core::result::Result<Self, __ffi::Fault> {
            source.record(|source| #read)
        }
    }
}

fn write_pod(fields: &[Member]) -> TokenStream {
    let written = fields.iter().map(|Member { ident, name, ty, carried }| {
        let cfgs = &carried.cfgs;
        quote! {
            #(#cfgs)* {
                unsafe { sink.field::<#ty>(#name, &mut self.#ident, &raw mut (*place).#ident) }?;
            }
        }
    });
    quote! {
        unsafe fn write_pod(
            &mut self,
            place: *mut __Pod,
            sink: &mut __ffi::PodSink,
        ) -> ::core::result::Result<(), __ffi::Fault> {
            sink.record(|sink| {
                #(#written)*
                ::core::result::Result::Ok(())
            })
        }
    }
}

fn encode(fields: &[Member]) -> TokenStream {
    let ones = fields.iter().map(|Member { carried, .. }| {
        let cfgs = &carried.cfgs;
        quote!(#(#cfgs)* ())
    });
    let written = fields.iter().map(|Member { ident, name, ty, carried }| {
        let cfgs = &carried.cfgs;
        quote!(#(#cfgs)* { writer.field::<#ty>(#name, &self.#ident)?; })
    });
    quote! {
        fn encode(&self, writer: &mut __ffi::Writer<'_>) -> ::core::result::Result<(), __ffi::Fault> {
            const FIELDS: &[()] = &[#(#ones),*];
            writer.record(FIELDS.len(), |writer| {
                #(#written)*
                ::core::result::Result::Ok(())
            })
        }
    }
}

fn describe(record: &Record) -> TokenStream {
    let Record { ident, name, fields, carried, .. } = record;
    let docs = docs(carried);
    let path = ident.to_string();
    let added = members::describe(fields, |Member { ident, .. }| quote!(, ::core::mem::offset_of!(__Pod, #ident)));
    quote! {
        fn describe(schema: &mut __ffi::SchemaBuilder) -> __ffi::Type {
            let path = ::core::concat!(::core::module_path!(), "::", #path);
            schema.record::<Self>(__ffi::ItemName { name: #name, path, docs: #docs }, |builder| {
                #added
            })
        }
    }
}
