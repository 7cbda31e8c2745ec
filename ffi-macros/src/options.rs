//! The options inside `#[ffi(…)]`, with their spans.

use crate::errors::Errors;
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, Expr, ExprLit, Ident, Lit, LitInt, LitStr, Meta, Path, Token};

/// `ffi`, or `rustfmt::ffi`, as the attribute macro leaves it to the derive.
fn is_ffi(path: &Path) -> bool {
    let last = path.segments.last().is_some_and(|last| last.ident == "ffi");
    last && (path.segments.len() == 1 || path.segments.len() == 2 && path.segments[0].ident == "rustfmt")
}

/// One option, `name` or `name = value`.
#[derive(Debug)]
struct Setting {
    name: Ident,
    value: Option<Expr>,
}

impl Parse for Setting {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        const FORM: &str = "an option is `name` or `name = value`, with a comma before the next";
        let name = input.call(Ident::parse_any).map_err(|error| syn::Error::new(error.span(), FORM))?;
        let value = if input.parse::<Option<Token![=]>>()?.is_some() { Some(input.parse()?) } else { None };
        if input.is_empty() || input.peek(Token![,]) { Ok(Self { name, value }) } else { Err(input.error(FORM)) }
    }
}

/// The options of one item, field, parameter or variant, taken one by one by whoever knows them.
#[derive(Debug, Default)]
pub(crate) struct Options {
    rest: Vec<Setting>,
}

impl Options {
    /// The options of the attribute macro itself.
    pub(crate) fn of_item(tokens: TokenStream, errors: &Errors) -> Self {
        let mut options = Self::default();
        options.parse(tokens, errors);
        options
    }

    /// The options of the `#[ffi(…)]` on a field, a parameter or a variant, which are removed
    /// from it.
    pub(crate) fn take_from(attrs: &mut Vec<Attribute>, errors: &Errors) -> Self {
        let mut options = Self::default();
        for attr in attrs.extract_if(.., |attr| is_ffi(attr.path())) {
            match attr.meta {
                Meta::List(list) => options.parse(list.tokens, errors),
                other => errors.add(other, "an attribute here takes options; write `#[ffi(rename = \"…\")]`"),
            }
        }
        options
    }

    /// Adds what stands in the tokens, up to the first option that cannot be read.
    fn parse(&mut self, tokens: TokenStream, errors: &Errors) {
        let read = |input: ParseStream<'_>| {
            while !input.is_empty() {
                self.insert(input.parse()?, errors);
                input.parse::<Option<Token![,]>>()?;
            }
            Ok(())
        };
        if let Err(error) = read.parse2(tokens) {
            errors.push(error);
        }
    }

    fn insert(&mut self, setting: Setting, errors: &Errors) {
        if self.has(&setting.name.to_string()) {
            errors.add(&setting.name, format!("`{}` is given twice; keep one", setting.name));
        } else {
            self.rest.push(setting);
        }
    }

    /// Whether `name` is there and was not taken.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.rest.iter().any(|setting| setting.name == name)
    }

    /// Takes an option out.
    fn take(&mut self, name: &str) -> Option<Setting> {
        let at = self.rest.iter().position(|setting| setting.name == name)?;
        Some(self.rest.remove(at))
    }

    /// Whether `name` is there, as a word alone; its tokens for messages.
    pub(crate) fn word(&mut self, name: &str, errors: &Errors) -> Option<Ident> {
        let setting = self.take(name)?;
        if let Some(value) = setting.value {
            errors.add(value, format!("`{name}` takes no value; write `{name}` alone"));
        }
        Some(setting.name)
    }

    /// Takes an option that has no meaning here, whatever its value.
    pub(crate) fn take_name(&mut self, name: &str) -> Option<Ident> {
        self.take(name).map(|setting| setting.name)
    }

    /// The text of `name = "…"`, where `name` alone is right as well.
    pub(crate) fn word_or_text(&mut self, name: &str, errors: &Errors) -> Option<LitStr> {
        let setting = self.take(name)?;
        match (&setting.value, setting.literal()) {
            (None, _) => None,
            (_, Some(Lit::Str(text))) => Some(text.clone()),
            _ => {
                errors.add(setting.place(), format!("`{name}` takes a text; write `{name}` alone or `{name} = \"…\"`"));
                None
            }
        }
    }

    /// The text of `name = "…"`.
    pub(crate) fn text(&mut self, name: &str, errors: &Errors) -> Option<LitStr> {
        let setting = self.take(name)?;
        match setting.literal() {
            Some(Lit::Str(text)) => Some(text.clone()),
            _ => {
                errors.add(setting.place(), format!("`{name}` takes a text; write `{name} = \"…\"`"));
                None
            }
        }
    }

    /// `name` and the number of `name = 123`.
    pub(crate) fn number(&mut self, name: &str, errors: &Errors) -> Option<(Ident, LitInt)> {
        let setting = self.take(name)?;
        match setting.literal() {
            Some(Lit::Int(number)) if is_limit(number) => Some((setting.name.clone(), number.clone())),
            _ => {
                let message = format!("`{name}` takes a number from 1 to 2^64 - 1; write `{name} = 1024`");
                errors.add(setting.place(), message);
                None
            }
        }
    }

    /// Reports what nobody took. `known` lists what would have been.
    pub(crate) fn finish(self, on: &str, known: &str, errors: &Errors) {
        for setting in self.rest {
            errors.add(&setting.name, format!("unknown option `{}`; {on} takes {known}", setting.name));
        }
    }
}

impl Setting {
    /// The value where it is a literal, also one that a `macro_rules!` wrapped into a group.
    fn literal(&self) -> Option<&Lit> {
        let mut value = self.value.as_ref()?;
        while let Expr::Group(group) = value {
            value = &group.expr;
        }
        match value {
            Expr::Lit(ExprLit { lit, .. }) => Some(lit),
            _ => None,
        }
    }

    /// Where a message about the value points.
    fn place(&self) -> TokenStream {
        self.value.as_ref().map_or_else(|| self.name.to_token_stream(), ToTokens::to_token_stream)
    }
}

fn is_limit(number: &LitInt) -> bool {
    matches!(number.suffix(), "" | "u64") && number.base10_parse::<u64>().is_ok_and(|value| value > 0)
}
