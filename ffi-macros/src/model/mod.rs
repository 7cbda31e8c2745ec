//! What the user wrote, in types that can hold nothing else.

mod function;
mod library;
mod member;
mod record;
mod types;

pub(crate) use function::{Function, Role};
pub(crate) use library::Library;
pub(crate) use member::Member;
pub(crate) use record::{Enumeration, Record};

use crate::attr::Choices;
use crate::errors::Errors;
use syn::{Attribute, Expr, Item, Meta};

/// An annotated item that has a meaning.
#[derive(Debug)]
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
            Item::Struct(item) if choices.has("library") => Library::of(item, choices, errors).map(Self::Library),
            Item::Struct(item) => Record::of(item, choices, errors).map(Self::Record),
            Item::Enum(item) => Enumeration::of(item, choices, errors).map(Self::Enumeration),
            Item::Fn(item) => Function::of(item, choices, errors).map(Self::Function),
            other => {
                errors.add(
                    &*other,
                    "#[ffi] goes on a struct, an enum without fields, or a function; put it on those instead",
                );
                None
            }
        }
    }
}

/// What travels with an item into everything made from it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Carried {
    /// Its `#[cfg]` attributes.
    pub(crate) cfgs: Vec<Attribute>,
    /// Its documentation, one expression a line.
    pub(crate) docs: Vec<Expr>,
}

impl Carried {
    pub(crate) fn of(attrs: &[Attribute]) -> Self {
        let docs = attrs.iter().filter_map(|attr| match &attr.meta {
            Meta::NameValue(pair) if pair.path.is_ident("doc") => Some(pair.value.clone()),
            _ => None,
        });
        let cfgs = attrs.iter().filter(|attr| attr.path().is_ident("cfg"));
        Self { docs: docs.collect(), cfgs: cfgs.cloned().collect() }
    }
}
