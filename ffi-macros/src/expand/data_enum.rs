//! Expands an enum with data: a tag and a union in C, a name or a map of one entry on the wire.
//!
//! Each variant is read and written by functions of its own, so that the frames of an unoptimised build hold one variant
//! and not all.

mod variant;

use super::error;
use super::members;
use super::parts::{docs, item_name, scope};
use super::write::Write;
use crate::model::{DataEnum, DataVariant, Head, VariantPayload};
use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::Ident;
use syn::ext::IdentExt;
use variant::{Numbered, Variant};

pub(super) fn expand(it @ DataEnum { head, variants, is_error }: &DataEnum) -> TokenStream {
    let has_texts = variants.iter().flat_map(|variant| &variant.fields).any(|field| field.text.is_some());
    let body = if has_texts {
        let (form, crossing) = (form_of(variants), crossing(&error::form(), it));
        let variants = numbered(&head.ident, variants);
        let typed = error::typed(head, &error::form().into_token_stream(), &into_form_of(&variants));
        let into_forms = into_forms(&variants);
        quote!(#form #crossing #into_forms #typed)
    } else {
        let crossing = crossing(&head.ident, it);
        let typed = is_error.then(|| error::typed(head, &quote!(Self), &quote!(self)));
        quote!(#crossing #typed)
    };
    scope(&head.runtime, &body)
}

/// The enum that crosses in place of one with fields that are sent as their texts.
fn form_of(variants: &[DataVariant]) -> TokenStream {
    let form = error::form();
    let variants = variants.iter().map(|DataVariant { ident, fields, payload, .. }| {
        let (names, types) = (fields.iter().map(|field| &field.ident), fields.iter().map(|field| &field.ty));
        match payload {
            VariantPayload::Unit => quote!(#ident),
            VariantPayload::Value | VariantPayload::Tuple => quote!(#ident(#(#types),*)),
            VariantPayload::Fields => quote!(#ident { #(#names: #types),* }),
        }
    });
    quote!(pub enum #form { #(#variants),* })
}

/// That enum, of an error.
fn into_form_of(variants: &[Variant<'_>]) -> TokenStream {
    let arms = variants.iter().map(|it @ Variant { variant: DataVariant { ident, .. }, .. }| {
        let into_form = it.called("__into_form");
        quote!(Self::#ident { .. } => #into_form(self),)
    });
    quote!(match &self { #(#arms)* })
}

/// The functions that [`into_form_of`] calls.
fn into_forms(variants: &[Variant<'_>]) -> TokenStream {
    let form = error::form();
    let functions = variants.iter().map(|it @ Variant { owner, variant, .. }| {
        let (function, ident) = (it.called("__into_form"), &variant.ident);
        let values = variant.numbered().map(|Numbered { value, place, field }| match &field.text {
            Some(text) => error::text_of(text, &place, |_| value.to_token_stream()),
            None => quote!(#place: #value,),
        });
        // Nothing is moved out of an error that is all text, which may implement `Drop`.
        let bound = variant.numbered().map(|Numbered { value, place, field }| {
            let by_reference = field.text.as_ref().map(|_| quote!(ref));
            quote!(#place: #by_reference #value)
        });
        quote! {
            fn #function(__error: #owner) -> #form {
                match __error {
                    #owner::#ident { #(#bound),* } => #form::#ident { #(#values)* },
                    _ => ::core::unreachable!(),
                }
            }
        }
    });
    functions.collect()
}

/// The variants of `owner` with their numbers.
fn numbered<'a>(owner: &'a Ident, variants: &'a [DataVariant]) -> Vec<Variant<'a>> {
    variants.iter().enumerate().map(|(number, variant)| Variant { owner, number, variant }).collect()
}

/// The C form of `owner`, and how it is read, written and described.
fn crossing(owner: &Ident, DataEnum { head, variants, .. }: &DataEnum) -> TokenStream {
    let variants = numbered(owner, variants);
    let (table, forms) = (table(&variants), forms(&variants));
    let functions = variants.iter().map(Variant::functions);
    let (stack, from_pod) = (stack(&variants), from_pod(&variants));
    let (write_pod, write_shared) = (write(&variants, Write::Own), write(&variants, Write::Shared));
    let (encode, decode, describe) = (encode(&variants), decode(&variants), describe(head));
    quote! {
        #table

        #forms

        #(#functions)*

        // SAFETY: the C form has the tag and the union that are described, and each field is written as its type is.
        unsafe impl __ffi::FfiType for #owner {
            type Pod<__F: __ffi::TextForm> = __Pod<__F>;

            const BY_POINTER: bool = true;

            #stack

            #from_pod
            #write_pod
            #write_shared
            #encode
            #decode
            #describe
        }

        impl __ffi::Present for #owner {}
    }
}

/// The variants as data.
fn table(variants: &[Variant<'_>]) -> TokenStream {
    let rows = variants.iter().map(|Variant { variant: it, .. }| {
        let (name, rust_name, docs) = (&it.name, it.ident.unraw().to_string(), docs(&it.docs));
        let payload = format_ident!("{}", format!("{:?}", it.payload));
        let fields = members::describe(&it.fields);
        quote! {
            __ffi::VariantItem {
                name: #name,
                rust_name: #rust_name,
                docs: #docs,
                payload: __ffi::VariantPayload::#payload,
                fields: |__fields| { #fields },
            }
        }
    });
    quote!(const __VARIANTS: &'static [__ffi::VariantItem] = &[#(#rows),*];)
}

/// The C forms: of the fields of each variant, of the union of these, and of the whole.
fn forms(variants: &[Variant<'_>]) -> TokenStream {
    let with_fields = || variants.iter().filter(|it| !it.variant.fields.is_empty());
    let structs = with_fields().map(|it| members::pod_struct(&it.called("__Fields"), &quote!(pub), &it.variant.fields));
    let fields = with_fields().map(|it| {
        let (name, form) = (it.called("__"), it.called("__Fields"));
        quote!(#name: __ffi::Held<#form<__F>>)
    });
    quote! {
        #(#structs)*

        #[repr(C)]
        pub union __Union<__F: __ffi::TextForm> {
            #(#fields),*
        }

        #[repr(C)]
        pub struct __Pod<__F: __ffi::TextForm> {
            __tag: i32,
            __union: __Union<__F>,
        }
    }
}

fn stack(variants: &[Variant<'_>]) -> TokenStream {
    let bounds = variants.iter().map(|it| members::stack_bound(&it.variant.fields, false));
    quote!(
        const STACK: usize = __ffi::of_variants([#(#bounds),*]);
    )
}

fn from_pod(variants: &[Variant<'_>]) -> TokenStream {
    let arms = variants.iter().map(|it @ Variant { owner, variant: DataVariant { ident, payload, .. }, .. }| {
        let (tag, read) = (it.tag(), it.called("__read"));
        match payload {
            VariantPayload::Unit => quote!(#tag => ::core::result::Result::Ok(#owner::#ident {}),),
            VariantPayload::Value | VariantPayload::Tuple | VariantPayload::Fields => quote!(#tag => #read(__fields),),
        }
    });
    // A level that every way leaves stays in a register.
    quote! {
        unsafe fn from_pod<__F: __ffi::TextForm>(
            __pod: *const __Pod<__F>,
            __reader: &mut __ffi::pod::Reader<__F>,
        ) -> ::core::result::Result<Self, __ffi::Fault> {
            // SAFETY: the caller's promise; the fields of a variant are read where the tag is that variant's.
            let (__tag, mut __fields) = unsafe { __ffi::ReadFields::of_variant(__pod, __reader) }?;
            let __fields = &mut __fields;
            let __value = match __tag {
                #(#arms)*
                _ => {
                    __fields.leave();
                    return ::core::result::Result::Err(__ffi::unknown_tag(__tag));
                }
            };
            __fields.leave();
            __ffi::in_variant(__VARIANTS, __tag, __value)
        }
    }
}

/// The function that writes the C form.
fn write(variants: &[Variant<'_>], way: Write) -> TokenStream {
    let (function, borrow) = (way.function(), way.borrow());
    let (tag, written) = (tag(variants), by_variant(variants, way.of_variant(), &quote!(__fields)));
    quote! {
        unsafe fn #function<__F: __ffi::TextForm>(
            #borrow self,
            __place: *mut __Pod<__F>,
            __writer: &mut __ffi::pod::Writer<__F>,
        ) -> ::core::result::Result<(), __ffi::Fault> {
            let __tag = #tag;
            // SAFETY: the caller's promise; the fields that are written are those of the tag's variant.
            let __fields = &mut unsafe { __ffi::WriteFields::of_variant(__place, __tag, __writer) }?;
            let __written = #written;
            __fields.leave();
            __ffi::in_variant(__VARIANTS, __tag, __written)
        }
    }
}

/// The tag of a value.
fn tag(variants: &[Variant<'_>]) -> TokenStream {
    let arms = variants.iter().map(|it @ Variant { variant: DataVariant { ident, .. }, .. }| {
        let tag = it.tag();
        quote!(Self::#ident { .. } => #tag,)
    });
    quote!(match self { #(#arms)* })
}

/// What the functions of this name do with the fields of each variant, where they have any.
fn by_variant(variants: &[Variant<'_>], function: &str, to: &TokenStream) -> TokenStream {
    let arms = variants.iter().map(|it @ Variant { variant: DataVariant { ident, fields, .. }, .. }| {
        if fields.is_empty() {
            return quote!(Self::#ident {} => ::core::result::Result::Ok(()),);
        }
        let function = it.called(function);
        quote!(Self::#ident { .. } => #function(self, #to),)
    });
    quote!(match self { #(#arms)* })
}

fn encode(variants: &[Variant<'_>]) -> TokenStream {
    let (tag, encoded) = (tag(variants), by_variant(variants, "__encode", &quote!(__writer)));
    quote! {
        fn encode(&self, __writer: &mut __ffi::cbor::Writer<'_>) -> ::core::result::Result<(), __ffi::Fault> {
            let __tag = #tag;
            __ffi::begin_variant(__writer, __VARIANTS, __tag)?;
            let __encoded = #encoded;
            __writer.end_record();
            __ffi::in_variant(__VARIANTS, __tag, __encoded)
        }
    }
}

fn decode(variants: &[Variant<'_>]) -> TokenStream {
    let last = variants.len() - 1;
    let arms = variants.iter().map(|it @ Variant { owner, number, variant: DataVariant { ident, payload, .. } }| {
        let (tag, decoded) = (it.tag(), it.called("__decode"));
        let value = match payload {
            VariantPayload::Unit => quote!(::core::result::Result::Ok(#owner::#ident {})),
            VariantPayload::Value | VariantPayload::Tuple | VariantPayload::Fields => quote!(#decoded(__reader)),
        };
        // The tag is one of the table's, so the last variant needs no number.
        if *number == last { quote!(_ => #value,) } else { quote!(#tag => #value,) }
    });
    quote! {
        fn decode(__reader: &mut __ffi::cbor::Reader<'_>) -> ::core::result::Result<Self, __ffi::Fault> {
            let (__tag, __form) = __ffi::begin_decode(__reader, __VARIANTS)?;
            let __value = match __tag {
                #(#arms)*
            };
            __ffi::end_decode(__reader, __VARIANTS, __tag, __form, __value)
        }
    }
}

fn describe(head: &Head) -> TokenStream {
    let item = item_name(head);
    quote! {
        fn describe(__schema: &mut __ffi::SchemaBuilder) -> __ffi::Type {
            __ffi::describe_data_enum::<Self>(__schema, #item, __VARIANTS)
        }
    }
}
