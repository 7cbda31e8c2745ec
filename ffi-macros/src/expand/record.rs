//! Expands a struct: its C form, and how it is read, written and described.

use super::error;
use super::members::{self, each};
use super::parts::{item_name, scope};
use super::wide;
use super::write::Write;
use crate::model::{Head, Member, Record};
use crate::paths::crossing_form_try;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Ident;

pub(super) fn expand(Record { head, fields, is_error }: &Record) -> TokenStream {
    let body = if fields.iter().any(|field| field.text.is_some()) {
        let (form, crossing) = (error::form_of(fields), crossing(&error::form(), head, fields));
        let typed = error::typed(head, &error::form().into_token_stream(), &error::into_form_of(fields));
        quote!(#form #crossing #typed)
    } else {
        let crossing = crossing(&head.ident, head, fields);
        let typed = is_error.then(|| error::typed(head, &quote!(Self), &quote!(self)));
        quote!(#crossing #typed)
    };
    scope(&head.runtime, &body)
}

/// The C form of the struct `ident` with these fields, and how it is read, written and described.
fn crossing(ident: &Ident, head: &Head, fields: &[Member]) -> TokenStream {
    // The record's mirror is as public as the record may be.
    let pod = members::pod_struct(&members::pod(), &quote!(pub), fields);
    let (table, coder) = if fields.len() > wide::FEW { wide::expand(ident, fields) } else { in_place(fields) };
    let (add_fields, describe) = (add_fields(fields), describe(head));
    let by_pointer = members::by_pointer(fields);
    quote! {
        #pod

        #table

        #add_fields

        // SAFETY: the C form has the fields that are described, and each is written as its type is.
        unsafe impl __ffi::FfiType for #ident {
            type Pod<__F: __ffi::TextForm> = __Pod<__F>;

            #by_pointer

            #coder

            #describe
        }

        impl __ffi::Present for #ident {}
    }
}

/// No table, and the items of the impl that read and write each field in place.
fn in_place(fields: &[Member]) -> (TokenStream, TokenStream) {
    let (stack, from_pod) = (members::stack(fields, false), from_pod(fields));
    let (write_pod, write_shared) = (write(fields, Write::Own), write(fields, Write::Shared));
    let (encode, decode) = (encode(fields), members::decode(fields, &quote!(record), &quote!(Self)));
    let items = quote! {
        #stack

        #from_pod
        #write_pod
        #write_shared
        #encode

        fn decode(__reader: &mut __ffi::cbor::Reader<'_>) -> ::core::result::Result<Self, __ffi::Fault> {
            #decode
        }
    };
    (TokenStream::new(), items)
}

fn from_pod(fields: &[Member]) -> TokenStream {
    let read = members::read_pod(fields, "read_field");
    quote! {
        unsafe fn from_pod<__F: __ffi::TextForm>(
            __pod: *const __Pod<__F>,
            __reader: &mut __ffi::pod::Reader<__F>,
        ) -> ::core::result::Result<Self, __ffi::Fault> {
            // SAFETY: the caller's promise; the fields are read as the C form has them.
            let __fields = &mut unsafe { __ffi::ReadFields::of_record(__pod, __reader) }?;
            let __value = #read;
            __fields.leave();
            ::core::result::Result::Ok(__value)
        }
    }
}

/// The function that writes the C form.
fn write(fields: &[Member], way: Write) -> TokenStream {
    let (function, borrow) = (way.function(), way.borrow());
    let written = each(fields, |Member { ident, name, ty, .. }| {
        let written = crossing_form_try(ty, way.of_field(), &quote!(#borrow self.#ident, __fields, #name));
        quote!(#written;)
    });
    quote! {
        unsafe fn #function<__F: __ffi::TextForm>(
            #borrow self,
            __place: *mut __Pod<__F>,
            __writer: &mut __ffi::pod::Writer<__F>,
        ) -> ::core::result::Result<(), __ffi::Fault> {
            // SAFETY: the caller's promise; the fields are written as the C form has them.
            let __fields = &mut unsafe { __ffi::WriteFields::of_record(__place, __writer) }?;
            #written
            __fields.leave();
            ::core::result::Result::Ok(())
        }
    }
}

fn encode(fields: &[Member]) -> TokenStream {
    let (count, written) = (members::count(fields), members::encode(fields));
    quote! {
        #[inline]
        fn encode(&self, __writer: &mut __ffi::cbor::Writer<'_>) -> ::core::result::Result<(), __ffi::Fault> {
            __writer.begin_record(#count)?;
            #written
            __writer.end_record();
            ::core::result::Result::Ok(())
        }
    }
}

/// The function that adds the fields to the description.
fn add_fields(fields: &[Member]) -> TokenStream {
    let described = members::describe(fields);
    quote! {
        fn __add_fields(__fields: &mut __ffi::FieldsBuilder<'_>) {
            #described
        }
    }
}

fn describe(head: &Head) -> TokenStream {
    let item = item_name(head);
    quote! {
        fn describe(__schema: &mut __ffi::SchemaBuilder) -> __ffi::Type {
            __ffi::describe_record::<Self>(__schema, #item, __add_fields)
        }
    }
}
