//! Expands the struct that holds the state of the library that `library!` declares.

use super::finding::{found, own};
use super::parts::scope;
use super::{fallback, library};
use crate::errors::{Errors, told};
use crate::model::{Declared, Library};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::{ItemStruct, parenthesized};

/// What the macro at the crate's root makes of the state.
pub(crate) fn of_state(tokens: TokenStream) -> TokenStream {
    let Handed { declared, item } = match syn::parse2(tokens) {
        Ok(handed) => handed,
        Err(error) => return told(&error),
    };
    let errors = Errors::new();
    let Declared { settings, part, .. } = Declared::of(declared, &errors);
    if part.is_some() {
        errors
            .add(&item.ident, "the state of a library stands in the library's own crate, and this is a part; move it");
    }
    let library = Library::with(settings, &item, &errors);
    let expansion = if errors.any() { fallback::library(&library) } else { whole(&library) };
    let errors = errors.into_tokens();
    quote!(#expansion #errors)
}

/// The state without mistakes.
fn whole(library: &Library) -> TokenStream {
    let (state, implementation, own) = (&library.state, library::implementation(library), own());
    let found = found(state.span());
    let found = quote_spanned!(state.span()=> pub(crate) const #found: __ffi::Found<#state> = __ffi::Found::NEW;);
    let body = quote! {
        #implementation

        #[allow(private_interfaces, dead_code)]
        impl #own {
            #found
        }
    };
    scope(&library.settings.runtime, &body)
}

/// `("library", options) struct State;`, as the macro at the crate's root hands it on.
struct Handed {
    declared: TokenStream,
    item: ItemStruct,
}

impl Parse for Handed {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let declared;
        parenthesized!(declared in input);
        Ok(Self { declared: declared.parse()?, item: input.parse()? })
    }
}
