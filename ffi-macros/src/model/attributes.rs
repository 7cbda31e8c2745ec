//! Sorts the attributes of an item, a field, a variant or a parameter: documentation, conditions, options.

use crate::errors::Errors;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Meta, Token};

/// The documentation, one expression a line.
pub(crate) fn docs(attrs: &[Attribute]) -> Vec<Expr> {
    let docs = attrs.iter().filter_map(|attr| match &attr.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => Some(pair.value.clone()),
        _ => None,
    });
    docs.collect()
}

/// The `#[cfg]` attributes. Parameters alone have any: elsewhere rustc has resolved them by now.
pub(super) fn cfgs(attrs: &[Attribute]) -> Vec<Attribute> {
    attrs.iter().filter(|attr| attr.path().is_ident("cfg")).cloned().collect()
}

/// Reports and removes each `cfg_attr` of a parameter with an `ffi` or a `cfg` inside: rustc resolves those
/// after the attribute macro has run, and refuses an `ffi` there.
pub(super) fn check_hidden(attrs: &mut Vec<Attribute>, errors: &Errors) {
    for hiding in attrs.extract_if(.., |attr| hides(attr)) {
        let message = "`ffi` and `cfg` cannot stand inside `cfg_attr` here, because `#[ffi]` runs before it is \
                       resolved; write them plainly";
        errors.add(hiding, message);
    }
}

/// Whether it is a `cfg_attr` of what must be known before rustc has looked at it.
fn hides(attr: &Attribute) -> bool {
    let parts = || attr.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).unwrap_or_default();
    let is_needed = |part: &Meta| part.path().is_ident("ffi") || part.path().is_ident("cfg");
    attr.path().is_ident("cfg_attr") && parts().iter().skip(1).any(is_needed)
}
