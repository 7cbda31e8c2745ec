//! The options inside `#[ffi(…)]`, with their spans.

use crate::errors::Errors;
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, Lit, LitInt, LitStr, Token, ext::IdentExt};

/// One option, `name` or `name = literal`.
#[derive(Debug)]
struct Choice {
    name: Ident,
    value: Option<Lit>,
}

impl Parse for Choice {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.call(Ident::parse_any)?;
        let value = if input.parse::<Option<Token![=]>>()?.is_some() { Some(input.parse()?) } else { None };
        Ok(Self { name, value })
    }
}

/// The options of one attribute, taken one by one by whoever knows them.
#[derive(Debug)]
pub(crate) struct Choices {
    rest: Vec<Choice>,
}

impl Choices {
    /// The options of the attribute macro itself.
    pub(crate) fn of_item(tokens: TokenStream, errors: &Errors) -> Self {
        let mut choices = Self { rest: Vec::new() };
        choices.extend(Punctuated::<Choice, Token![,]>::parse_terminated.parse2(tokens), errors);
        choices
    }

    /// The options of the `#[ffi(…)]` on a field, a parameter or a variant, which are removed
    /// from it.
    pub(crate) fn take_from(attrs: &mut Vec<Attribute>, errors: &Errors) -> Self {
        let mut choices = Self { rest: Vec::new() };
        attrs.retain(|attr| {
            if attr.path().is_ident("ffi") {
                let parsed = attr.parse_args_with(Punctuated::<Choice, Token![,]>::parse_terminated);
                choices.extend(parsed, errors);
                return false;
            }
            true
        });
        choices
    }

    fn extend(&mut self, parsed: syn::Result<Punctuated<Choice, Token![,]>>, errors: &Errors) {
        match parsed {
            Ok(parsed) => parsed.into_iter().for_each(|choice| self.insert(choice, errors)),
            Err(error) => errors.push(error),
        }
    }

    fn insert(&mut self, choice: Choice, errors: &Errors) {
        if self.rest.iter().any(|known| known.name == choice.name) {
            errors.add(&choice.name, format!("`{}` is given twice; keep one", choice.name));
        } else {
            self.rest.push(choice);
        }
    }

    /// Whether `name` is there and was not taken.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.rest.iter().any(|choice| choice.name == name)
    }

    /// Takes an option out.
    fn take(&mut self, name: &str) -> Option<Choice> {
        let at = self.rest.iter().position(|choice| choice.name == name)?;
        Some(self.rest.remove(at))
    }

    /// Whether `name` is there, as a word alone; its tokens for messages.
    pub(crate) fn word(&mut self, name: &str, errors: &Errors) -> Option<Ident> {
        let choice = self.take(name)?;
        if let Some(value) = choice.value {
            errors.add(value, format!("`{name}` takes no value; write `#[ffi({name})]`"));
        }
        Some(choice.name)
    }

    /// The text of `name = "…"`.
    pub(crate) fn text(&mut self, name: &str, errors: &Errors) -> Option<LitStr> {
        let choice = self.take(name)?;
        match choice.value {
            Some(Lit::Str(text)) => Some(text),
            other => {
                let at = other.map_or_else(|| choice.name.to_token_stream(), |lit| lit.to_token_stream());
                errors.add(at, format!("`{name}` takes a text; write `{name} = \"…\"`"));
                None
            }
        }
    }

    /// The number of `name = 123`.
    pub(crate) fn number(&mut self, name: &str, errors: &Errors) -> Option<LitInt> {
        let choice = self.take(name)?;
        match choice.value {
            Some(Lit::Int(number)) if number.base10_parse::<u64>().is_ok_and(|value| value > 0) => Some(number),
            other => {
                let at = other.map_or_else(|| choice.name.to_token_stream(), |lit| lit.to_token_stream());
                errors.add(at, format!("`{name}` takes a number above zero that fits 64 bits; write `{name} = 1024`"));
                None
            }
        }
    }

    /// Reports what nobody took. `known` lists what would have been.
    pub(crate) fn finish(self, on: &str, known: &str, errors: &Errors) {
        for choice in self.rest {
            errors.add(&choice.name, format!("unknown option `{}`; {on} takes {known}", choice.name));
        }
    }
}
