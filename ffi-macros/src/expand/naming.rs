//! Gives an expansion the library that it belongs to.
//!
//! A function's expansion has stand-ins for what depends on the library: its symbols, its form of text, and the library
//! itself. Where the library is written at the item they are replaced at once. Else the macro that `library!` leaves at
//! the crate's root replaces them, since rustc alone finds it from any module and in any order.

use super::finding::{find_named, find_own, root};
use crate::model::Chosen;
use crate::names::{CBOR_SUFFIX, Name};
use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::parse::{Parse, ParseStream};
use syn::{LitStr, parenthesized};

/// The macro that `library!` leaves at the crate's root, as a path.
pub(super) fn of_crate() -> TokenStream {
    let module = root();
    quote!(crate::#module::of_crate)
}

/// Stands for the symbol of a function.
pub(super) fn symbol(name: &Name) -> Ident {
    Ident::new("__symbol", name.span)
}

/// Stands for the symbol of its CBOR entry point.
pub(super) fn symbol_cbor(name: &Name) -> Ident {
    Ident::new("__symbol_cbor", name.span)
}

/// Stands for the library's form of text, a type.
pub(super) fn text() -> Ident {
    format_ident!("__text_form")
}

/// Stands for the library, found.
pub(super) fn found() -> Ident {
    format_ident!("__library_found")
}

/// The expansion of a function, in its library.
pub(super) fn within(library: Option<&Chosen>, name: &Name, expansion: &TokenStream) -> TokenStream {
    if let Some(Chosen { name: library, has_c_text }) = library {
        let naming = Naming { library, has_c_text: *has_c_text, name: &name.text, found: find_named(library) };
        return naming.replace(expansion.clone());
    }
    let (of_crate, name) = (of_crate(), LitStr::new(&name.text, name.span));
    quote!(#of_crate! { (function) #name #expansion })
}

/// What stands for the stand-ins.
struct Naming<'a> {
    library: &'a LitStr,
    /// Whether its text is NUL-terminated.
    has_c_text: bool,
    name: &'a str,
    found: TokenStream,
}

impl Naming<'_> {
    fn replace(&self, tokens: TokenStream) -> TokenStream {
        tokens.into_iter().map(|token| self.replaced(token)).collect()
    }

    fn replaced(&self, token: TokenTree) -> TokenTree {
        match token {
            TokenTree::Group(group) => {
                let mut replaced = Group::new(group.delimiter(), self.replace(group.stream()));
                replaced.set_span(group.span());
                TokenTree::Group(replaced)
            }
            TokenTree::Ident(ident) if ident == "__symbol" => self.text(&self.symbol(), ident.span()),
            TokenTree::Ident(ident) if ident == "__symbol_cbor" => {
                self.text(&format!("{}{CBOR_SUFFIX}", self.symbol()), ident.span())
            }
            TokenTree::Ident(ident) if ident == "__library_found" => {
                let mut block = Group::new(Delimiter::Brace, self.found.clone());
                block.set_span(ident.span());
                TokenTree::Group(block)
            }
            TokenTree::Ident(ident) if ident == "__text_form" => {
                let mut path = Group::new(Delimiter::None, self.text_form());
                path.set_span(ident.span());
                TokenTree::Group(path)
            }
            other => other,
        }
    }

    fn text_form(&self) -> TokenStream {
        if self.has_c_text { quote!(__ffi::NulTerminated) } else { quote!(__ffi::ByLength) }
    }

    fn text(&self, text: &str, span: Span) -> TokenTree {
        let mut literal = Literal::string(text);
        literal.set_span(span);
        TokenTree::Literal(literal)
    }

    /// The library's name, `_` and the function's, which may begin so by itself.
    fn symbol(&self) -> String {
        let prefix = format!("{}_", self.library.value());
        match self.name.strip_prefix(&prefix) {
            Some(rest) if !rest.is_empty() => self.name.to_owned(),
            _ => format!("{prefix}{}", self.name),
        }
    }
}

/// `("library", options) "function" expansion`, as the macro at the crate's root hands it on.
struct Handed {
    library: LitStr,
    is_part: bool,
    has_c_text: bool,
    name: LitStr,
    expansion: TokenStream,
}

impl Parse for Handed {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let library;
        parenthesized!(library in input);
        let (name, options) = (library.parse()?, library.parse::<TokenStream>()?);
        let words: Vec<_> = options.into_iter().map(|token| token.to_string()).collect();
        let [is_part, has_c_text] = ["part", "text"].map(|option| words.iter().any(|word| word == option));
        Ok(Self { library: name, is_part, has_c_text, name: input.parse()?, expansion: input.parse()? })
    }
}

/// What the macro at the crate's root makes of a function's expansion.
pub(crate) fn of_library(tokens: TokenStream) -> TokenStream {
    let Handed { library, is_part, has_c_text, name, expansion } = match syn::parse2(tokens) {
        Ok(handed) => handed,
        Err(error) => return crate::errors::told(&error),
    };
    let found = if is_part { find_named(&library) } else { find_own() };
    Naming { library: &library, has_c_text, name: &name.value(), found }.replace(expansion)
}
