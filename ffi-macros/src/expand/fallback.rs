//! Expands an item with a mistake to impls that let its users compile, so that the mistake is
//! reported once.
//!
//! The impls typecheck and are never run, because the item's errors stop the build.

use super::parts::{docs, scope};
use super::{function, library as state};
use crate::model::{Annotated, Function, Head, Library, Role};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn of(annotated: &Annotated) -> TokenStream {
    match annotated {
        Annotated::Library(it) => library(it),
        Annotated::State(it) => state::hand_on(it),
        Annotated::Record(it) => value(&it.head),
        Annotated::Enumeration(it) => value(&it.head),
        Annotated::DataEnum(it) => value(&it.head),
        Annotated::Function(it) => part(it),
    }
}

/// A type that crosses, also where its parameters are the mistake, or a field that may not be
/// sent to another thread.
fn value(head: &Head) -> TokenStream {
    let ident = &head.ident;
    let (generics, arguments, clause) = head.generics.split_for_impl();
    let clause = clause.map_or_else(|| quote!(where), |clause| quote!(#clause,));
    let body = quote! {
        // SAFETY: never compiled to its end, because of the item's error; so are the other two.
        unsafe impl #generics __ffi::FfiType for #ident #arguments #clause Self: 'static {
            type Pod<__F: __ffi::TextForm> = u8;

            unsafe fn from_pod<__F: __ffi::TextForm>(
                _: *const u8,
                _: &mut __ffi::pod::Reader<__F>,
            ) -> ::core::result::Result<Self, __ffi::Fault> {
                ::core::unreachable!()
            }

            unsafe fn write_pod<__F: __ffi::TextForm>(
                &mut self,
                _: *mut u8,
                _: &mut __ffi::pod::Writer<__F>,
            ) -> ::core::result::Result<(), __ffi::Fault> {
                ::core::unreachable!()
            }

            unsafe fn write_shared<__F: __ffi::TextForm>(
                &self,
                _: *mut u8,
                _: &mut __ffi::pod::Writer<__F>,
            ) -> ::core::result::Result<(), __ffi::Fault> {
                ::core::unreachable!()
            }

            fn encode(&self, _: &mut __ffi::cbor::Writer<'_>) -> ::core::result::Result<(), __ffi::Fault> {
                ::core::unreachable!()
            }

            fn decode(_: &mut __ffi::cbor::Reader<'_>) -> ::core::result::Result<Self, __ffi::Fault> {
                ::core::unreachable!()
            }

            fn describe(_: &mut __ffi::SchemaBuilder) -> __ffi::Type {
                ::core::unreachable!()
            }
        }

        impl #generics __ffi::Present for #ident #arguments #clause Self: 'static {}

        unsafe impl #generics ::core::marker::Send for #ident #arguments #clause Self: 'static {}
    };
    scope(&head.runtime, &body)
}

/// A library without a name, of which every symbol may be.
pub(super) fn library(library: &Library) -> TokenStream {
    let state = &library.state;
    let (generics, arguments, clause) = library.generics.split_for_impl();
    let clause = clause.map_or_else(|| quote!(where), |clause| quote!(#clause,));
    let (docs, constructed, found) = (docs(&library.docs), state::constructed(library), state::marks(library));
    let shared = library.settings.shared.is_some();
    let body = quote! {
        // SAFETY: never compiled to its end, because of the item's error.
        unsafe impl #generics __ffi::Library for #state #arguments #clause Self: 'static {
            const NAME: &'static str = "";
            const VERSION: &'static str = "";
            const DOCS: &'static [&'static str] = #docs;
            const OPTIONS: __ffi::Options = __ffi::Options::DEFAULT;
            const SHARED: bool = #shared;

            fn cell_pointer() -> __ffi::CellPointer<Self> {
                ::core::unreachable!()
            }
        }

        // SAFETY: as above.
        unsafe impl #generics __ffi::Detaches for #state #arguments #clause Self: 'static {
            fn detached() -> &'static __ffi::DetachedCell<Self> {
                ::core::unreachable!()
            }
        }

        #constructed

        #found
    };
    scope(&library.settings.runtime, &body)
}

/// That the state has its constructor or destructor, so that the other one does not miss it.
fn part(it: &Function) -> TokenStream {
    let body = match &it.role {
        Role::Constructor { returns, .. } => function::constructs(it, returns),
        Role::Destructor { state } => function::destroys(it, state, &quote!(::core::unreachable!()), &quote!(async {})),
        Role::Method(_) | Role::Inline(_) | Role::Stateless { .. } | Role::Export { .. } => return TokenStream::new(),
    };
    scope(&it.runtime, &body)
}
