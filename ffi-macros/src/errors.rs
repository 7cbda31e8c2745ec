//! Collects every mistake of one item, so that all are reported at once.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use std::cell::RefCell;
use std::fmt::Display;
use syn::Attribute;

/// The mistakes found so far. Panics when dropped unseen, since that would hide them.
#[derive(Debug)]
pub(crate) struct Errors {
    /// `None` once they were handed over.
    found: RefCell<Option<Found>>,
}

#[derive(Debug, Default)]
struct Found {
    certain: Vec<syn::Error>,
    /// Mistakes only where all of these `#[cfg]` hold.
    conditional: Vec<(Vec<Attribute>, syn::Error)>,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Self { found: RefCell::new(Some(Found::default())) }
    }

    /// Notes a mistake at `tokens`.
    pub(crate) fn add(&self, tokens: impl ToTokens, message: impl Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    /// Notes a mistake that has its place already.
    pub(crate) fn push(&self, error: syn::Error) {
        if let Some(found) = &mut *self.found.borrow_mut() {
            found.certain.push(error);
        }
    }

    /// Notes what is a mistake only where all of `cfgs` hold, which the compiler knows.
    pub(crate) fn push_under(&self, cfgs: Vec<Attribute>, error: syn::Error) {
        if cfgs.is_empty() {
            self.push(error);
        } else if let Some(found) = &mut *self.found.borrow_mut() {
            found.conditional.push((cfgs, error));
        }
    }

    /// Forgets them all: the derive looks at the same tokens, and reports what is wrong with them.
    pub(crate) fn leave_to_derive(self) {
        self.found.take();
    }

    /// Whether any is certain.
    pub(crate) fn any(&self) -> bool {
        self.found.borrow().as_ref().is_some_and(|found| !found.certain.is_empty())
    }

    /// All of them as `compile_error!` calls; nothing where there are none.
    pub(crate) fn into_tokens(self) -> TokenStream {
        let Found { certain, conditional } = self.found.take().unwrap_or_default();
        let certain = certain.iter().map(told);
        let conditional = conditional.iter().map(|(cfgs, error)| {
            let error = told(error);
            quote!(#(#cfgs)* #error)
        });
        certain.chain(conditional).collect()
    }
}

/// The error as `compile_error!` calls, without syn's path to it: it stands where the mistake does, and with the
/// author's edition, where that is 2015, `::core` is no crate.
pub(crate) fn told(error: &syn::Error) -> TokenStream {
    let is_of_path = |token: &TokenTree| match token {
        TokenTree::Punct(punct) => punct.as_char() == ':',
        TokenTree::Ident(ident) => ident == "core",
        TokenTree::Group(_) | TokenTree::Literal(_) => false,
    };
    error.to_compile_error().into_iter().filter(|token| !is_of_path(token)).collect()
}

impl Drop for Errors {
    fn drop(&mut self) {
        if self.found.get_mut().is_some() && !std::thread::panicking() {
            panic!("the errors of an item were never looked at");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Errors;
    use quote::{format_ident, quote};

    #[test]
    #[should_panic(expected = "never looked at")]
    fn errors_that_nobody_saw_panic() {
        Errors::new().add(format_ident!("place"), "a mistake");
    }

    #[test]
    #[should_panic(expected = "never looked at")]
    fn even_none_must_be_looked_at() {
        drop(Errors::new());
    }

    #[test]
    fn every_error_is_handed_over_in_order() {
        let errors = Errors::new();
        errors.add(format_ident!("place"), "first");
        errors.add(format_ident!("place"), "second");
        assert!(errors.any());
        let expected = quote!(compile_error! { "first" } compile_error! { "second" });
        assert_eq!(errors.into_tokens().to_string(), expected.to_string());
    }

    #[test]
    fn a_conditional_error_keeps_its_conditions() {
        let errors = Errors::new();
        let place = proc_macro2::Span::call_site();
        errors.push_under(vec![syn::parse_quote!(#[cfg(unix)])], syn::Error::new(place, "on Unix"));
        assert!(!errors.any());
        let expected = quote!(
            #[cfg(unix)]
            compile_error! { "on Unix" }
        );
        assert_eq!(errors.into_tokens().to_string(), expected.to_string());
    }
}
