//! Expands the state struct, and with it the library's own symbols.

use super::parts::{docs, scope};
use super::symbols;
use crate::model::{Library, Overflow};
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::LitStr;

pub(super) fn expand(library: &Library) -> TokenStream {
    let Library { state, name, docs: lines, runtime, .. } = library;
    let (docs, options, symbols) = (docs(lines), options(library), symbols::expand(library));
    let (constructed, found) = (constructed(library), found(library));
    let shared = library.shared.is_some();
    let rule = has_constructor(library);
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
            #rule

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

/// The rule that a library with methods has a constructor. It stands at the state, where rustc tells of it once however
/// many methods ask for it.
fn has_constructor(library: &Library) -> TokenStream {
    let state = &library.state;
    let text = format!(
        "a library with methods needs a constructor, because they run on a state that it makes; write `#[ffi(ctor)] fn \
         {}_create() -> {state}`",
        library.name.value()
    );
    let rule = quote_spanned!(state.span()=> __ffi::core::assert!(__ffi::Probe::<#state>::HAS_CONSTRUCTOR, #text));
    quote! {
        const CONSTRUCTED: () = {
            use __ffi::Unless;
            #rule
        };
    }
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
    quote_spanned!(place=> __ffi::InCrate<{ __ffi::head_hash(__ffi::core::module_path!()) }>)
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
