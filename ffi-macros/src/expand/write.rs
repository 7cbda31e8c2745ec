//! Tells apart the two ways to write a C form: of a value that may be changed, and of one that is shared.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Ident;

/// Whose C form is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Write {
    /// That of a value that may be changed, as to append what ends its text.
    Own,
    /// That of a key, or of what an `Arc` holds.
    Shared,
}

impl Write {
    /// The trait's function that writes it.
    pub(super) fn function(self) -> Ident {
        let name = match self {
            Self::Own => "write_pod",
            Self::Shared => "write_shared",
        };
        Ident::new(name, Span::call_site())
    }

    /// The same for one field.
    pub(super) fn of_field(self) -> &'static str {
        match self {
            Self::Own => "write_field",
            Self::Shared => "write_shared_field",
        }
    }

    /// The name of the functions for the variants of an enum with data.
    pub(super) fn of_variant(self) -> &'static str {
        match self {
            Self::Own => "__write",
            Self::Shared => "__write_shared",
        }
    }

    /// How they borrow the value.
    pub(super) fn borrow(self) -> TokenStream {
        match self {
            Self::Own => quote!(&mut),
            Self::Shared => quote!(&),
        }
    }
}
