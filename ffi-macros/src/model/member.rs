//! The model of a field or a parameter.

use super::attributes::{cfgs, check_hidden, docs};
use super::{types, written};
use crate::errors::Errors;
use crate::names::{Case, Name};
use crate::options::Options;
use quote::format_ident;
use std::collections::HashMap;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, FnArg, Ident, Pat, Type, parse_quote};

/// A named value that crosses.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) ident: Ident,
    pub(crate) name: Name,
    pub(crate) ty: Type,
    /// Its documentation, one expression a line.
    pub(crate) docs: Vec<Expr>,
    /// The `#[cfg]` attributes of a parameter.
    pub(crate) cfgs: Vec<Attribute>,
    /// The option by which a field is sent as its text.
    pub(crate) text: Option<Ident>,
}

impl Member {
    /// A field with a name, of the struct `owner` or of a variant of it.
    pub(crate) fn of_field(field: &mut syn::Field, owner: &Ident, case: Option<Case>, errors: &Errors) -> Option<Self> {
        let ident = field.ident.clone()?;
        let mut options = Options::take_from(&mut field.attrs, errors);
        let name = Name::of(&ident, &mut options, case, errors);
        let text = options.word("text", errors);
        options.finish("a field", "`rename`, and in an error `text`", errors);
        let ty = Self::crossing_type(field, owner, text.as_ref(), errors);
        Some(Self { ident, name, ty, docs: docs(&field.attrs), cfgs: Vec::new(), text })
    }

    /// The field of a variant of `owner` at `index`, which has no name.
    pub(crate) fn of_unnamed(field: &mut syn::Field, index: usize, owner: &Ident, errors: &Errors) -> Self {
        let ident = format_ident!("_{index}", span = field.span());
        let mut options = Options::take_from(&mut field.attrs, errors);
        let text = options.word("text", errors);
        options.finish("a field without a name", "in an error `text`", errors);
        let name = Name { text: ident.to_string(), span: ident.span() };
        let ty = Self::crossing_type(field, owner, text.as_ref(), errors);
        Self { ident, name, ty, docs: docs(&field.attrs), cfgs: Vec::new(), text }
    }

    /// The type of a field of `owner` as it crosses.
    fn crossing_type(field: &syn::Field, owner: &Ident, text: Option<&Ident>, errors: &Errors) -> Type {
        if text.is_some() {
            return parse_quote!(__ffi::String);
        }
        let mut written = written::type_of(field);
        types::check(&mut written, errors);
        types::check_recursion(&written, owner, errors);
        types::with_self_named(&written, owner)
    }

    /// The parameter of a function. Its documentation, which rustc allows nowhere else, is
    /// taken from the item.
    pub(crate) fn of_param(param: &mut FnArg, case: Option<Case>, errors: &Errors) -> Option<Self> {
        let FnArg::Typed(param) = param else {
            errors.add(&*param, "a handler is a free function; take the state as `state: &State`");
            return None;
        };
        let Pat::Ident(pattern) = &*param.pat else {
            errors.add(&param.pat, "a parameter needs a name, because it is a key on the wire; write `name: Type`");
            return None;
        };
        let ident = pattern.ident.clone();
        let mut options = Options::take_from(&mut param.attrs, errors);
        let name = Name::of(&ident, &mut options, case, errors);
        options.finish("a parameter", "`rename`", errors);
        types::check(&mut param.ty, errors);
        check_hidden(&mut param.attrs, errors);
        let (docs, cfgs) = (docs(&param.attrs), cfgs(&param.attrs));
        param.attrs.retain(|attr| !attr.path().is_ident("doc"));
        Some(Self { ident, name, ty: (*param.ty).clone(), docs, cfgs, text: None })
    }
}

/// Notes a field that is to be sent as its text, where nothing but that comes back.
pub(super) fn check_no_text<'a>(fields: impl IntoIterator<Item = &'a Member>, errors: &Errors) {
    for text in fields.into_iter().filter_map(|field| field.text.as_ref()) {
        errors.add(text, "`text` is for a field of an error, which goes out only; write `#[ffi(error)]` on the type");
    }
}

/// Notes two names that are one in C and on the wire, where the `#[cfg]` of both hold.
pub(crate) fn check_distinct<'a>(names: impl Iterator<Item = (&'a Name, &'a [Attribute])>, errors: &Errors) {
    let mut seen: HashMap<&str, Vec<&[Attribute]>> = HashMap::new();
    for (name, cfgs) in names {
        let earlier = seen.entry(&name.text).or_default();
        for other in &*earlier {
            let message = format!("the name `{}` is taken; rename one of the two", name.text);
            let both = other.iter().chain(cfgs).cloned().collect();
            errors.push_under(both, syn::Error::new(name.span, message));
        }
        earlier.push(cfgs);
    }
}
