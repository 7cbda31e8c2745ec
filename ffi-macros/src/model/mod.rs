//! What the author wrote, in types that can hold nothing else.

mod carried;
mod event;
mod function;
mod generics;
mod library;
mod member;
mod record;
pub(crate) mod types;

pub(crate) use carried::Carried;
pub(crate) use event::{Declaration, Event, Payload};
pub(crate) use function::{Function, Method, Role};
pub(crate) use library::{Library, Overflow};
pub(crate) use member::Member;
pub(crate) use record::{Enumeration, Head, Record};

use crate::attr::Choices;
use crate::errors::Errors;
use syn::Item;

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
