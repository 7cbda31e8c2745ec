//! Expands a struct with many fields to tables, which loops of the runtime read.

use super::members::{self, each};
use crate::model::Member;
use crate::paths::{address_mut, crossing_call, crossing_form, held_address, held_address_mut};
use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

/// A struct with more fields is a table: expanded in place, the frames of an unoptimised build would
/// grow with it, and rustc would take too long.
pub(super) const FEW: usize = 64;

/// The tables, and the items of the impl that read and write by it.
pub(super) fn expand(ident: &Ident, fields: &[Member]) -> (TokenStream, TokenStream) {
    let (rows, forms, stack) = (each(fields, row), each(fields, form), members::stack(fields, true));
    let table = quote! {
        const __FIELDS: &[__ffi::WideField<#ident>] = &[#rows];

        impl<__F: __ffi::TextForm> __Pod<__F> {
            const __FORMS: &'static [__ffi::WidePod<#ident, Self, __F>] = &[#forms];
        }
    };
    let items = quote! {
        #stack

        unsafe fn from_pod<__F: __ffi::TextForm>(
            __pod: *const __Pod<__F>,
            __reader: &mut __ffi::pod::Reader<__F>,
        ) -> ::core::result::Result<Self, __ffi::Fault> {
            // SAFETY: the caller's promise; the tables have every field of both structs.
            unsafe { __ffi::wide_from_pod(__pod, __reader, __FIELDS, __Pod::<__F>::__FORMS) }
        }

        unsafe fn write_pod<__F: __ffi::TextForm>(
            &mut self,
            __place: *mut __Pod<__F>,
            __writer: &mut __ffi::pod::Writer<__F>,
        ) -> ::core::result::Result<(), __ffi::Fault> {
            // SAFETY: the caller's promise; the tables have every field of both structs.
            unsafe { __ffi::write_wide(self, __place, __writer, __FIELDS, __Pod::<__F>::__FORMS) }
        }

        unsafe fn write_shared<__F: __ffi::TextForm>(
            &self,
            __place: *mut __Pod<__F>,
            __writer: &mut __ffi::pod::Writer<__F>,
        ) -> ::core::result::Result<(), __ffi::Fault> {
            // SAFETY: the caller's promise; the tables have every field of both structs.
            unsafe { __ffi::write_wide_shared(self, __place, __writer, __FIELDS, __Pod::<__F>::__FORMS) }
        }

        fn encode(&self, __writer: &mut __ffi::cbor::Writer<'_>) -> ::core::result::Result<(), __ffi::Fault> {
            __ffi::encode_wide(self, __writer, __FIELDS)
        }

        fn decode(__reader: &mut __ffi::cbor::Reader<'_>) -> ::core::result::Result<Self, __ffi::Fault> {
            // SAFETY: the table has every field.
            unsafe { __ffi::decode_wide(__reader, __FIELDS) }
        }
    };
    (table, items)
}

/// The operations of a field's C form.
fn form(Member { ident, ty, .. }: &Member) -> TokenStream {
    let (pod, value) = (held_address("__pod", ident, ty), address_mut("__value", ident, ty));
    let place = held_address_mut("__place", ident, ty);
    let read = crossing_form(ty, "from_pod", &quote!(#pod, __reader));
    let written = crossing_form(ty, "write_pod", &quote!(&mut __value.#ident, #place, __writer));
    let shared = crossing_form(ty, "write_shared", &quote!(&__value.#ident, #place, __writer));
    quote! {
        // SAFETY: in each of the blocks, the caller's promise about the whole holds for this field, which is the only one that is
        // touched.
        __ffi::WidePod {
            from_pod: |__pod, __value, __reader| unsafe { __ffi::fill(#value, #read) },
            write_pod: |__value, __place, __writer| unsafe { #written },
            write_shared: |__value, __place, __writer| unsafe { #shared },
        },
    }
}

/// The other operations of a field.
fn row(Member { ident, name, ty, .. }: &Member) -> TokenStream {
    let value = address_mut("__value", ident, ty);
    let encoded = crossing_call(ty, "encode", &quote!(&__value.#ident, __writer));
    let decoded = crossing_call(ty, "decode", &quote!(__reader));
    let absent = crossing_call(ty, "absent", &quote!(__reader));
    quote! {
        // SAFETY: in each of the blocks, the caller's promise about the whole holds for this field, which is the only one
        // that is touched.
        __ffi::WideField {
            name: #name,
            encode: |__value, __writer| #encoded,
            decode: |__value, __reader| unsafe { __ffi::fill(#value, #decoded) },
            absent: |__value, __reader| unsafe { __ffi::fill_if_any(#value, #absent) },
            drop: |__value| unsafe { ::core::ptr::drop_in_place(#value) },
        },
    }
}
