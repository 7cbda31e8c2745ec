//! How a function's expansion asks for its library.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
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
    let (own, found) = (own(), found(Span::call_site()));
    quote! {
        #[allow(unused_imports)]
        use __ffi::WithoutState as _;
        #own::#found
    }
}

/// The type that `library!` declares, as a path.
pub(super) fn own() -> TokenStream {
    let module = root();
    quote!(crate::#module::Own)
}

/// The name of the module that `library!` leaves at the crate's root. Where there is none, or a second one, rustc tells
/// that name, and so it says what to write.
pub(super) fn root() -> Ident {
    format_ident!("write_ffi_runtime_library_once_at_the_crate_root")
}

/// The constant by which functions find the library. A second state declares it again, and rustc tells its name.
pub(super) fn found(place: Span) -> Ident {
    Ident::new("THE_ONE_STATE_OF_THE_LIBRARY", place)
}
