//! What the author wrote, in types that can hold nothing else.

mod event;
mod function;
mod generics;
mod library;
mod member;
mod record;
pub(crate) mod types;

pub(crate) use event::{Declaration, Event, Payload};
use function::borrowed_state;
pub(crate) use function::{Function, Method, Role};
pub(crate) use library::{Library, Overflow};
pub(crate) use member::Member;
pub(crate) use record::{Enumeration, Head, Record};

use crate::attr::Choices;
use crate::errors::Errors;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Item, Meta, Token};

/// An annotated item that has a meaning.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "one lives at a time, as long as an expansion takes")]
pub(crate) enum Annotated {
    Record(Record),
    Enumeration(Enumeration),
    Library(Library),
    Function(Function),
}

impl Annotated {
    /// The meaning of an item, whose own helper attributes are removed. `None` where a
    /// mistake leaves none.
    pub(crate) fn of(item: &mut Item, choices: Choices, errors: &Errors) -> Option<Self> {
        match item {
            Item::Struct(item) if choices.has("library") => Some(Self::Library(Library::of(item, choices, errors))),
            Item::Struct(item) => Some(Self::Record(Record::of(item, choices, errors))),
            Item::Enum(item) => Some(Self::Enumeration(Enumeration::of(item, choices, errors))),
            Item::Fn(item) if choices.has("event") => {
                Event::check_with_body(item, choices, errors);
                None
            }
            Item::Fn(item) => Function::of(item, choices, errors).map(Self::Function),
            other => {
                let message =
                    "`#[ffi]` goes on a struct, an enum without fields, or a function; put it on those instead";
                errors.add(&*other, message);
                None
            }
        }
    }
}

/// What travels with an item into everything made from it.
#[derive(Clone, Debug)]
pub(crate) struct Carried {
    /// Its `#[cfg]` attributes.
    pub(crate) cfgs: Vec<Attribute>,
    /// Its documentation, one expression a line.
    pub(crate) docs: Vec<Expr>,
}

impl Carried {
    /// What `attrs` carry. A `cfg_attr` that hides something from this is a mistake, and
    /// removed, since rustc would refuse what is in it.
    pub(crate) fn of(attrs: &mut Vec<Attribute>, errors: &Errors) -> Self {
        for hiding in attrs.extract_if(.., |attr| hides(attr)) {
            let message = "`ffi` and `cfg` cannot stand inside `cfg_attr` here, because `#[ffi]` runs before it is \
                           resolved; write them plainly";
            errors.add(hiding, message);
        }
        let docs = attrs.iter().filter_map(|attr| match &attr.meta {
            Meta::NameValue(pair) if pair.path.is_ident("doc") => Some(pair.value.clone()),
            _ => None,
        });
        let cfgs = attrs.iter().filter(|attr| attr.path().is_ident("cfg"));
        Self { docs: docs.collect(), cfgs: cfgs.cloned().collect() }
    }
}

/// Whether it is a `cfg_attr` of what must be known before rustc has looked at it.
fn hides(attr: &Attribute) -> bool {
    let parts = || attr.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).unwrap_or_default();
    let is_needed = |part: &Meta| part.path().is_ident("ffi") || part.path().is_ident("cfg");
    attr.path().is_ident("cfg_attr") && parts().iter().skip(1).any(is_needed)
}
