//! The state struct, and with it the library's own symbols.

use super::parts::{docs, scope};
use crate::model::{Library, Overflow};
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::LitStr;

pub(super) fn expand(library: &Library) -> TokenStream {
    let Library { state, name, docs: lines, runtime, .. } = library;
    let (docs, options, symbols) = (docs(lines), options(library), symbols(library));
    let (constructed, found) = (constructed(library), found(library));
    let shared = library.shared.is_some();
    let body = quote! {
        // SAFETY: the cell is a static; `SharedState`, which is implemented where the state is shared, asks for
        // `Send` and `Sync`; a second library of the name would export the same symbols.
        unsafe impl __ffi::Library for #state {
            const NAME: &'static str = #name;
            const VERSION: &'static str = match ::core::option_env!("CARGO_PKG_VERSION") {
                ::core::option::Option::Some(version) => version,
                ::core::option::Option::None => "",
            };
            const MODULE: &'static str = ::core::module_path!();
            const DOCS: &'static [&'static str] = #docs;
            const OPTIONS: __ffi::Options = #options;
            const SHARED: bool = #shared;

            fn cell_pointer() -> __ffi::CellPointer<Self> {
                static CELL: __ffi::LibraryCell<#state> = __ffi::LibraryCell::new();
                CELL.pointer()
            }
        }

        // SAFETY: the cell is a static.
        unsafe impl __ffi::Detaches for #state {
            fn detached() -> &'static __ffi::DetachedCell<Self> {
                static CELL: __ffi::DetachedCell<#state> = __ffi::DetachedCell::new();
                &CELL
            }
        }

        #constructed

        #found

        #symbols
    };
    scope(runtime, &body)
}

/// What functions without the state's type find it by, and the mark of how it is used: where
/// threads share it, rustc asks there whether they can.
pub(super) fn found(library: &Library) -> TokenStream {
    let (state, (generics, arguments, clause)) = (&library.state, library.generics.split_for_impl());
    let (named, krate) = (named(&library.name), own_crate(library.name.span()));
    let alive = clause.map_or_else(|| quote!(where Self: 'static), |clause| quote!(#clause, Self: 'static));
    let use_of = match &library.shared {
        // Spanned there, so that rustc points at `shared`; but for the first token, which tells a crate that
        // forbids unsafe code that this is none of its own.
        Some(shared) => {
            let is_shared =
                quote_spanned!(shared.span()=> impl #generics __ffi::SharedState for #state #arguments #alive {});
            // SAFETY: `SHARED` is true by the same option, which takes the place of `Unshared`.
            quote!(unsafe #is_shared)
        }
        // SAFETY: `SHARED` is false without the option.
        None => quote!(unsafe impl #generics __ffi::Unshared for #state #arguments #alive {}),
    };
    quote! {
        impl #generics __ffi::LibraryNamed<#state #arguments> for #named #clause {}
        impl #generics __ffi::LibraryInCrate<#state #arguments> for #krate #clause {}
        #use_of
    }
}

/// The library of a name.
fn named(name: &LitStr) -> TokenStream {
    quote_spanned!(name.span()=> __ffi::Named<{ __ffi::head_hash(#name) }>)
}

/// The library of a name, asked for.
pub(super) fn find_named(name: &LitStr) -> TokenStream {
    let library = named(name);
    quote_spanned!(name.span()=> __ffi::library_named::<#library, _>())
}

/// The library of the crate, asked for at a place.
pub(super) fn find_own(place: Span) -> TokenStream {
    let library = own_crate(place);
    quote_spanned!(place=> __ffi::library_in_crate::<#library, _>())
}

/// The library of the crate, at a place.
fn own_crate(place: Span) -> TokenStream {
    quote_spanned!(place=> __ffi::InCrate<{ __ffi::head_hash(::core::module_path!()) }>)
}

/// A constructor may return the state alone.
pub(super) fn constructed(library: &Library) -> TokenStream {
    let (state, (generics, arguments, clause)) = (&library.state, library.generics.split_for_impl());
    quote! {
        impl #generics __ffi::ConstructorReturn for #state #arguments #clause {
            type State = Self;
            type Error = ::core::convert::Infallible;

            fn into_state(self) -> ::core::result::Result<Self, Self::Error> {
                ::core::result::Result::Ok(self)
            }
        }
    }
}

fn options(library: &Library) -> TokenStream {
    let given = library.limits.iter().map(|(name, value)| quote!(#name: #value,));
    let overflow = library.overflow.map(overflow);
    quote!(__ffi::Options { #(#given)* #overflow ..__ffi::Options::DEFAULT })
}

fn overflow(overflow: Overflow) -> TokenStream {
    let variant = match overflow {
        Overflow::DropOldest => quote!(DropOldest),
        Overflow::DropNewest => quote!(DropNewest),
        Overflow::Block => quote!(Block),
    };
    quote!(event_overflow: __ffi::Overflow::#variant,)
}

/// The symbols that need no function of the author's.
fn symbols(library: &Library) -> TokenStream {
    let state = &library.state;
    let symbol = |tail: &str| LitStr::new(&format!("{}_{tail}", library.name.value()), library.name.span());
    let (call_cbor, schema) = (symbol("call_cbor"), symbol("schema"));
    let (abi_hash, last_error) = (symbol("abi_hash"), symbol("last_error"));
    let (cancel, close) = (symbol("cancel"), symbol("close"));
    let of_events = of_events(library, symbol);
    quote! {
        #of_events

        #[unsafe(export_name = #call_cbor)]
        unsafe extern "C" fn __call_cbor(
            __ctx: *mut ::core::ffi::c_void,
            __function: *const ::core::ffi::c_char,
            __callback: __ffi::FfiCallback,
            __user_data: *mut ::core::ffi::c_void,
            __request: *const u8,
            __len: usize,
        ) -> ::core::ffi::c_int {
            unsafe { __ffi::call_cbor::<#state>(__ctx, __function, __callback, __user_data, __request, __len) }
        }

        #[unsafe(export_name = #cancel)]
        extern "C" fn __cancel(
            __ctx: *mut ::core::ffi::c_void,
            __user_data: *mut ::core::ffi::c_void,
        ) -> ::core::ffi::c_int {
            __ffi::cancel::<#state>(__ctx, __user_data)
        }

        #[unsafe(export_name = #close)]
        unsafe extern "C" fn __close(
            __ctx: *mut ::core::ffi::c_void,
            __callback: __ffi::FfiCallback,
            __user_data: *mut ::core::ffi::c_void,
        ) -> ::core::ffi::c_int {
            unsafe { __ffi::close::<#state>(__ctx, __callback, __user_data) }
        }

        #[unsafe(export_name = #schema)]
        unsafe extern "C" fn __schema(__len: *mut usize) -> *const u8 {
            unsafe { __ffi::schema::<#state>(__len) }
        }

        #[unsafe(export_name = #abi_hash)]
        extern "C" fn __abi_hash() -> u64 {
            __ffi::abi_hash::<#state>()
        }

        #[unsafe(export_name = #last_error)]
        extern "C" fn __last_error() -> *const ::core::ffi::c_char {
            __ffi::last_error::<#state>()
        }
    }
}

/// The symbols of listeners, and of hosts that fetch what is due themselves.
fn of_events(library: &Library, symbol: impl Fn(&str) -> LitStr) -> TokenStream {
    let state = &library.state;
    let (add, add_cbor) = (symbol("add_event_listener"), symbol("add_event_listener_cbor"));
    let (remove, poll_fd, dispatch) = (symbol("remove_event_listener"), symbol("poll_fd"), symbol("dispatch"));
    quote! {
        #[unsafe(export_name = #add)]
        unsafe extern "C" fn __add_event_listener(
            __ctx: *mut ::core::ffi::c_void,
            __event: *const ::core::ffi::c_char,
            __callback: __ffi::FfiCallback,
            __user_data: *mut ::core::ffi::c_void,
        ) -> u64 {
            unsafe { __ffi::add_event_listener::<#state>(__ctx, __event, __callback, __user_data) }
        }

        #[unsafe(export_name = #add_cbor)]
        unsafe extern "C" fn __add_event_listener_cbor(
            __ctx: *mut ::core::ffi::c_void,
            __event: *const ::core::ffi::c_char,
            __callback: __ffi::FfiCallback,
            __user_data: *mut ::core::ffi::c_void,
        ) -> u64 {
            unsafe { __ffi::add_event_listener_cbor::<#state>(__ctx, __event, __callback, __user_data) }
        }

        #[unsafe(export_name = #remove)]
        extern "C" fn __remove_event_listener(__ctx: *mut ::core::ffi::c_void, __id: u64) -> ::core::ffi::c_int {
            __ffi::remove_event_listener::<#state>(__ctx, __id)
        }

        #[unsafe(export_name = #poll_fd)]
        extern "C" fn __poll_fd(__ctx: *mut ::core::ffi::c_void) -> ::core::ffi::c_int {
            __ffi::poll_fd::<#state>(__ctx)
        }

        #[unsafe(export_name = #dispatch)]
        extern "C" fn __dispatch(__ctx: *mut ::core::ffi::c_void, __max: usize) -> ::core::ffi::c_int {
            __ffi::dispatch::<#state>(__ctx, __max)
        }
    }
}
