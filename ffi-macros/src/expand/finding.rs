//! How a function's expansion asks for its library.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::LitStr;

/// The library of a name.
pub(super) fn named(name: &LitStr) -> TokenStream {
    quote_spanned!(name.span()=> __ffi::Named<{ __ffi::name_hash(#name) }>)
}

/// The library of a name, asked for.
pub(super) fn find_named(name: &LitStr) -> TokenStream {
    let library = named(name);
    quote_spanned!(name.span()=> __ffi::library_named::<#library, _>())
}

/// The library that `library!` declares, asked for in its crate: its state's constant, or else the one of the trait.
pub(super) fn find_own() -> TokenStream {
    let own = own(Span::call_site());
    quote! {
        #[allow(unused_imports)]
        use __ffi::WithoutState as _;
        #own::FOUND
    }
}

/// The type that `library!` declares at the crate's root, as a path.
pub(super) fn own(place: Span) -> TokenStream {
    let ident = own_ident(place);
    quote_spanned!(place=> crate::#ident)
}

pub(super) fn own_ident(place: Span) -> Ident {
    Ident::new("__FfiLibrary", place)
}
