//! `Self` and what it stands for.

use proc_macro2::{Group, TokenStream, TokenTree};

/// Whether tokens speak of the type that an `impl` or a trait is for.
pub(super) fn mentions_self(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == "Self",
        TokenTree::Group(group) => mentions_self(group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// The tokens with `Self` spelled out, each in its place.
pub(crate) fn name_self(tokens: TokenStream, owner: &TokenStream) -> TokenStream {
    let name = |token: TokenTree| match token {
        TokenTree::Ident(ident) if ident == "Self" => {
            let located = |mut token: TokenTree| {
                token.set_span(ident.span());
                token
            };
            owner.clone().into_iter().map(located).collect()
        }
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), name_self(group.stream(), owner));
            inner.set_span(group.span());
            TokenTree::Group(inner).into()
        }
        other @ (TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_)) => other.into(),
    };
    tokens.into_iter().flat_map(|token| -> TokenStream { name(token) }).collect()
}
