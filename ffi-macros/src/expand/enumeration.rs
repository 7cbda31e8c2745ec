//! An enum without fields.

use super::{docs, scope};
use crate::model::Enumeration;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

pub(super) fn expand(enumeration: &Enumeration) -> TokenStream {
    let Enumeration { ident, carried, runtime, .. } = enumeration;
    let (table, values) = (table(enumeration), values(enumeration));
    let describe = describe(enumeration);
    let body = quote! {
        #table
        #values

        unsafe impl __ffi::FfiType for #ident {
            type Pod = i32;

            unsafe fn from_pod(
                pod: *const i32,
                _source: &mut __ffi::PodSource,
            ) -> ::core::result::Result<Self, __ffi::Fault> {
                __ffi::variant_of_value(unsafe { pod.read() })
            }

            unsafe fn write_pod(
                &mut self,
                place: *mut i32,
                _sink: &mut __ffi::PodSink,
            ) -> ::core::result::Result<(), __ffi::Fault> {
                unsafe { place.write(__value_and_name(self).0) };
                ::core::result::Result::Ok(())
            }

            fn encode(&self, writer: &mut __ffi::Writer<'_>) -> ::core::result::Result<(), __ffi::Fault> {
                writer.text(__value_and_name(self).1);
                ::core::result::Result::Ok(())
            }

            fn decode(reader: &mut __ffi::Reader<'_>) -> ::core::result::Result<Self, __ffi::Fault> {
                __ffi::decode_variant(reader)
            }

            #describe
        }

        impl __ffi::Present for #ident {}
    };
    scope(carried, runtime, &body)
}

/// The variants with their values, checked while compiling.
fn table(enumeration: &Enumeration) -> TokenStream {
    let ident = &enumeration.ident;
    let variants = enumeration.variants.iter().map(|variant| {
        let (name, cfgs, docs, at) = (&variant.name, &variant.carried.cfgs, docs(&variant.carried), &variant.ident);
        let value = quote_spanned!(at.span()=> __ffi::discriminant(#ident::#at as i128));
        quote! {
            #(#cfgs)*
            __ffi::Variant { name: #name, docs: #docs, value: #value, make: || #ident::#at }
        }
    });
    quote! {
        impl __ffi::Enumeration for #ident {
            const VARIANTS: &'static [__ffi::Variant<Self>] = &[#(#variants),*];
        }
    }
}

fn values(enumeration: &Enumeration) -> TokenStream {
    let ident = &enumeration.ident;
    let arms = enumeration.variants.iter().map(|variant| {
        let (name, cfgs, at) = (&variant.name, &variant.carried.cfgs, &variant.ident);
        quote!(#(#cfgs)* #ident::#at => (#ident::#at as i32, #name),)
    });
    quote! {
        fn __value_and_name(value: &#ident) -> (i32, &'static str) {
            match value {
                #(#arms)*
            }
        }
    }
}

fn describe(enumeration: &Enumeration) -> TokenStream {
    let Enumeration { ident, name, carried, .. } = enumeration;
    let docs = docs(carried);
    let path = ident.to_string();
    quote! {
        fn describe(schema: &mut __ffi::SchemaBuilder) -> __ffi::Type {
            let path = ::core::concat!(::core::module_path!(), "::", #path);
            schema.enumeration::<Self>(__ffi::ItemName { name: #name, path, docs: #docs })
        }
    }
}
