//! The model of a field or a parameter.

use super::attributes::{cfgs, check_hidden, docs};
use super::{types, written};
use crate::errors::Errors;
use crate::names::{Case, Name};
use crate::options::Options;
use std::collections::HashMap;
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
    /// The field of the struct `owner` with named fields.
    pub(crate) fn of_field(field: &mut syn::Field, owner: &Ident, case: Option<Case>, errors: &Errors) -> Option<Self> {
        let ident = field.ident.clone()?;
        let mut options = Options::take_from(&mut field.attrs, errors);
        let name = Name::of(&ident, &mut options, case, errors);
        let text = options.word("text", errors);
        options.finish("a field", "`rename`, and in an error `text`", errors);
        let ty = if text.is_some() {
            parse_quote!(__ffi::String)
        } else {
            let mut written = written::type_of(field);
            types::check(&mut written, errors);
            types::with_self_named(&written, owner)
        };
        Some(Self { ident, name, ty, docs: docs(&field.attrs), cfgs: Vec::new(), text })
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
