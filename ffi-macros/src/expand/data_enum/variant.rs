//! Expands one variant of an enum with data: the functions that read and write its fields.

use super::members;

use crate::expand::write::Write;
use crate::model::{DataVariant, Member, VariantPayload};
use crate::paths::{crossing_form_try, crossing_try};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::Ident;

/// One variant, seen from the enum `owner`.
pub(super) struct Variant<'a> {
    pub(super) owner: &'a Ident,
    pub(super) number: usize,
    pub(super) variant: &'a DataVariant,
}

/// A field of a variant with the variable that stands for it.
pub(super) struct Numbered<'a> {
    pub(super) value: Ident,
    /// What Rust calls the field.
    pub(super) place: syn::Member,
    pub(super) field: &'a Member,
}

impl DataVariant {
    /// The fields, each with a variable.
    pub(super) fn numbered(&self) -> impl Iterator<Item = Numbered<'_>> {
        self.fields.iter().enumerate().map(|(number, field)| {
            let value = format_ident!("__{number}");
            let place = match self.payload {
                VariantPayload::Unit | VariantPayload::Value | VariantPayload::Tuple => number.into(),
                VariantPayload::Fields => field.ident.clone().into(),
            };
            Numbered { value, place, field }
        })
    }

    /// The pattern that binds these variables.
    pub(super) fn pattern(&self) -> TokenStream {
        if self.fields.is_empty() {
            return TokenStream::new();
        }
        let bound = self.numbered().map(|Numbered { value, place, .. }| quote!(#place: #value));
        quote!({ #(#bound),* })
    }

    /// What the path of a fault calls a field behind the variant: nothing where it is all that the variant holds.
    fn called(&self, Numbered { place, field, .. }: &Numbered<'_>) -> TokenStream {
        match (self.payload, place) {
            (VariantPayload::Value, _) => quote!(""),
            (_, syn::Member::Unnamed(index)) => Literal::string(&index.index.to_string()).into_token_stream(),
            (_, syn::Member::Named(_)) => field.name.to_token_stream(),
        }
    }
}

impl Variant<'_> {
    /// Its number in C and in the table.
    pub(super) fn tag(&self) -> Literal {
        Literal::usize_unsuffixed(self.number)
    }

    /// A name with the variant's number.
    pub(super) fn called(&self, name: &str) -> Ident {
        format_ident!("{name}{}", self.number)
    }

    /// The functions that read and write the fields.
    pub(super) fn functions(&self) -> TokenStream {
        if self.variant.fields.is_empty() {
            return TokenStream::new();
        }
        let (write, share) = (self.write(Write::Own), self.write(Write::Shared));
        let (read, encode, decode) = (self.read(), self.encode(), self.decode());
        quote!(#read #write #share #encode #decode)
    }

    /// The value, of what `value` makes of each field.
    fn made(&self, value: impl Fn(&TokenStream, &Member) -> TokenStream) -> TokenStream {
        let Self { owner, variant, .. } = self;
        let ident = &variant.ident;
        let fields = variant.numbered().map(|numbered| {
            let (value, place) = (value(&variant.called(&numbered), numbered.field), &numbered.place);
            quote!(#place: #value.0,)
        });
        quote!(#owner::#ident { #(#fields)* })
    }

    /// What is done where `__value` is of this variant, with what `print` makes of each field.
    ///
    /// The fields are bound here and not where the variants are told apart: a function that binds the fields of all has
    /// a place on its stack for each of them in an unoptimised build.
    fn matched(
        &self,
        begin: &TokenStream,
        print: impl Fn(&Ident, &TokenStream, &Member) -> TokenStream,
    ) -> TokenStream {
        let Self { owner, variant, .. } = self;
        let (ident, pattern) = (&variant.ident, variant.pattern());
        let printed = variant.numbered().map(|it| print(&it.value, &variant.called(&it), it.field));
        quote! {
            match __value {
                #owner::#ident #pattern => {
                    #begin
                    #(#printed)*
                }
                _ => {}
            }
            ::core::result::Result::Ok(())
        }
    }

    fn read(&self) -> TokenStream {
        let (function, owner) = (self.called("__read"), self.owner);
        let value = self.made(|name, Member { ty, .. }| crossing_form_try(ty, "read_field", &quote!(__fields, #name)));
        quote! {
            #[inline]
            fn #function<__F: __ffi::TextForm>(
                __fields: &mut __ffi::ReadFields<'_, __F>,
            ) -> ::core::result::Result<#owner, __ffi::Fault> {
                ::core::result::Result::Ok(#value)
            }
        }
    }

    fn write(&self, way: Write) -> TokenStream {
        let (function, owner, borrow) = (self.called(way.of_variant()), self.owner, way.borrow());
        let written = self.matched(&TokenStream::new(), |value, name, Member { ty, .. }| {
            let written = crossing_form_try(ty, way.of_field(), &quote!(#value, __fields, #name));
            quote!(#written;)
        });
        quote! {
            #[inline]
            fn #function<__F: __ffi::TextForm>(
                __value: #borrow #owner,
                __fields: &mut __ffi::WriteFields<'_, __F>,
            ) -> ::core::result::Result<(), __ffi::Fault> {
                #written
            }
        }
    }

    fn encode(&self) -> TokenStream {
        let (function, owner, payload) = (self.called("__encode"), self.owner, self.variant.payload);
        let method = if payload == VariantPayload::Fields { "encode_field" } else { "encode_element" };
        let count = Literal::usize_unsuffixed(self.variant.fields.len());
        let begin = match payload {
            VariantPayload::Unit | VariantPayload::Value => TokenStream::new(),
            VariantPayload::Tuple => quote!(__writer.tuple(#count);),
            VariantPayload::Fields => quote!(__writer.variant_fields(#count);),
        };
        let encoded = self.matched(&begin, |value, name, Member { ty, .. }| {
            let encoded = crossing_try(ty, method, &quote!(#value, __writer, #name));
            quote!(#encoded;)
        });
        quote! {
            #[inline]
            fn #function(
                __value: &#owner,
                __writer: &mut __ffi::cbor::Writer<'_>,
            ) -> ::core::result::Result<(), __ffi::Fault> {
                #encoded
            }
        }
    }

    fn decode(&self) -> TokenStream {
        let Self { owner, variant, .. } = self;
        let (function, ident) = (self.called("__decode"), &variant.ident);
        let element = |reader: TokenStream| {
            self.made(|name, Member { ty, .. }| crossing_try(ty, "decode_element", &quote!(#reader, #name)))
        };
        let body = match variant.payload {
            VariantPayload::Unit | VariantPayload::Value => {
                let value = element(quote!(__reader));
                quote!(::core::result::Result::Ok(#value))
            }
            VariantPayload::Tuple => {
                let (count, value) =
                    (Literal::usize_unsuffixed(variant.fields.len()), element(quote!(__tuple.next()?)));
                quote! {
                    let __tuple = &mut __reader.tuple(#count)?;
                    let __value = #value;
                    __tuple.end()?;
                    ::core::result::Result::Ok(__value)
                }
            }
            VariantPayload::Fields => {
                members::decode(&variant.fields, &quote!(variant_fields), &quote!(#owner::#ident))
            }
        };
        quote! {
            #[inline]
            fn #function(__reader: &mut __ffi::cbor::Reader<'_>) -> ::core::result::Result<#owner, __ffi::Fault> {
                #body
            }
        }
    }
}
