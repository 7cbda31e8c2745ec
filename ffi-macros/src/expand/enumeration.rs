//! Expands an enum without fields: a table of its variants, and its C and CBOR forms.

use super::error;
use super::parts::{docs, item_name, scope};
use crate::model::{Enumeration, Variant};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::Ident;
use syn::ext::IdentExt;

pub(super) fn expand(enumeration: &Enumeration) -> TokenStream {
    let Enumeration { head, is_error, is_flat, .. } = enumeration;
    let body = if *is_flat {
        let (form, crossing) = (form_of(enumeration), crossing(&error::form(), enumeration));
        let typed = error::typed(head, &error::form().into_token_stream(), &into_form_of(enumeration));
        quote!(#form #crossing #typed)
    } else {
        let crossing = crossing(&head.ident, enumeration);
        let typed = is_error.then(|| error::typed(head, &quote!(Self), &quote!(self)));
        quote!(#crossing #typed)
    };
    scope(&head.runtime, &body)
}

/// The enum that crosses in place of one whose variants may have fields, with its discriminants.
fn form_of(enumeration: &Enumeration) -> TokenStream {
    let (form, reprs) = (error::form(), &enumeration.reprs);
    let variants = enumeration.variants.iter().map(|Variant { ident, discriminant, .. }| {
        let number = discriminant.as_ref().map(|number| quote!(= #number));
        quote!(#ident #number)
    });
    quote!(#(#reprs)* pub enum #form { #(#variants),* })
}

/// That enum, of an error.
fn into_form_of(enumeration: &Enumeration) -> TokenStream {
    let (form, variants) = (error::form(), enumeration.variants.iter().map(|variant| &variant.ident));
    quote! {
        match self {
            #(Self::#variants { .. } => #form::#variants,)*
        }
    }
}

/// The table of the variants of `ident`, and its two forms.
fn crossing(ident: &Ident, enumeration: &Enumeration) -> TokenStream {
    let item = item_name(&enumeration.head);
    let table = table(ident, enumeration);
    let (rules, values) = (rules(ident, enumeration), value_and_name(ident, enumeration));
    quote! {
        #table
        #rules
        #values

        // SAFETY: the C form is an `int32_t`, which is described, and of which each number is checked when it is read.
        unsafe impl __ffi::FfiType for #ident {
            type Pod<__F: __ffi::TextForm> = i32;

            unsafe fn from_pod<__F: __ffi::TextForm>(
                __pod: *const i32,
                _: &mut __ffi::pod::Reader<__F>,
            ) -> ::core::result::Result<Self, __ffi::Fault> {
                // SAFETY: the caller has a readable number there.
                __ffi::variant_of_value(unsafe { __pod.read() })
            }

            unsafe fn write_pod<__F: __ffi::TextForm>(
                &mut self,
                __place: *mut i32,
                __writer: &mut __ffi::pod::Writer<__F>,
            ) -> ::core::result::Result<(), __ffi::Fault> {
                // SAFETY: the caller's promise.
                unsafe { self.write_shared(__place, __writer) }
            }

            unsafe fn write_shared<__F: __ffi::TextForm>(
                &self,
                __place: *mut i32,
                _: &mut __ffi::pod::Writer<__F>,
            ) -> ::core::result::Result<(), __ffi::Fault> {
                // SAFETY: the caller has room for a number there.
                unsafe { __place.write(__value_and_name(self).0) };
                ::core::result::Result::Ok(())
            }

            fn encode(&self, __writer: &mut __ffi::cbor::Writer<'_>) -> ::core::result::Result<(), __ffi::Fault> {
                __writer.text(__value_and_name(self).1);
                ::core::result::Result::Ok(())
            }

            fn decode(__reader: &mut __ffi::cbor::Reader<'_>) -> ::core::result::Result<Self, __ffi::Fault> {
                __ffi::decode_variant(__reader)
            }

            fn describe(__schema: &mut __ffi::SchemaBuilder) -> __ffi::Type {
                __ffi::describe_enumeration::<Self>(__schema, #item)
            }
        }

        impl __ffi::Present for #ident {}

        // SAFETY: the C form is an `int32_t`.
        unsafe impl __ffi::Scalar for #ident {
            type Same = Self;
        }
    }
}

/// The variants as data.
fn table(ident: &Ident, enumeration: &Enumeration) -> TokenStream {
    let variants = enumeration.variants.iter().map(|variant| {
        let (name, docs, at) = (&variant.name, docs(&variant.docs), &variant.ident);
        let rust_name = at.unraw().to_string();
        quote! {
            __ffi::Variant { name: #name, rust_name: #rust_name, docs: #docs, value: #ident::#at {} as i32, make: || #ident::#at {} }
        }
    });
    quote! {
        impl __ffi::Enumeration for #ident {
            const VARIANTS: &'static [__ffi::Variant<Self>] = &[#(#variants),*];
        }
    }
}

/// The rule that needs the discriminants' values.
fn rules(ident: &Ident, enumeration: &Enumeration) -> TokenStream {
    let fits = enumeration.variants.iter().map(|variant| {
        let at = &variant.ident;
        let fits = quote_spanned! {at.span()=>
            __ffi::core::assert!(
                __ffi::fits_c_enum(#ident::#at {} as i128),
                "a discriminant must fit 32 bits, because the enum is an int32_t in C; choose a smaller one"
            )
        };
        quote!(const _: () = #fits;)
    });
    fits.collect()
}

fn value_and_name(ident: &Ident, enumeration: &Enumeration) -> TokenStream {
    let arms = enumeration.variants.iter().map(|variant| {
        let (name, at) = (&variant.name, &variant.ident);
        quote!(#ident::#at {} => (#ident::#at {} as i32, #name),)
    });
    quote! {
        fn __value_and_name(__value: &#ident) -> (i32, &'static str) {
            match *__value {
                #(#arms)*
            }
        }
    }
}
