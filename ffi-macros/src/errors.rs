//! Collects every mistake of one item, so that all are reported at once.

use proc_macro2::TokenStream;
use quote::ToTokens;
use std::cell::RefCell;
use std::fmt::Display;

/// The mistakes found so far. Panics when dropped unseen, since that would hide them.
#[derive(Debug)]
pub(crate) struct Errors {
    /// `None` once they were handed over.
    found: RefCell<Option<Vec<syn::Error>>>,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Self { found: RefCell::new(Some(Vec::new())) }
    }

    /// Notes a mistake at `tokens`.
    pub(crate) fn add(&self, tokens: impl ToTokens, message: impl Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    /// Notes a mistake that syn found.
    pub(crate) fn push(&self, error: syn::Error) {
        if let Some(found) = &mut *self.found.borrow_mut() {
            found.push(error);
        }
    }

    /// Whether any was noted.
    pub(crate) fn any(&self) -> bool {
        self.found.borrow().as_ref().is_some_and(|found| !found.is_empty())
    }

    /// All of them as `compile_error!` calls; nothing where there are none.
    pub(crate) fn into_tokens(self) -> TokenStream {
        let found = self.found.take().unwrap_or_default();
        found.iter().map(syn::Error::to_compile_error).collect()
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        if self.found.get_mut().is_some() && !std::thread::panicking() {
            panic!("the errors of an item were never looked at");
        }
    }
}
