//! Models of annotated items: what the author wrote, checked, in types that cannot hold a mistake.

pub(crate) mod attributes;
mod data_enum;
mod enumeration;
mod event;
mod function;
mod generics;
mod head;
mod library;
mod member;
mod record;
pub(crate) mod types;
pub(crate) mod written;

pub(crate) use data_enum::{DataEnum, DataVariant, Payload as VariantPayload};
pub(crate) use enumeration::{Enumeration, Variant};
pub(crate) use event::{Declaration, Event, Payload};
pub(crate) use function::{Chosen, Function, Method, Role};
pub(crate) use head::Head;
pub(crate) use library::{Declared, Library, Overflow, Settings, State};
pub(crate) use member::Member;
pub(crate) use record::Record;

use crate::errors::Errors;
use crate::options::Options;
use enumeration::EnumOptions;
use syn::{Item, ItemEnum};

/// An annotated item that has a meaning.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "one lives at a time, as long as an expansion takes")]
pub(crate) enum Annotated {
    Record(Record),
    Enumeration(Enumeration),
    DataEnum(DataEnum),
    Library(Library),
    State(State),
    Function(Function),
}

impl Annotated {
    /// The meaning of an item that the attribute macro expands by itself, whose helper attributes are
    /// removed. `None` where a mistake leaves none.
    pub(crate) fn of(item: &mut Item, options: Options, errors: &Errors) -> Option<Self> {
        match item {
            Item::Struct(item) if options.has("library") => Some(Self::Library(Library::of(item, options, errors))),
            Item::Struct(item) => Some(Self::State(State::of(item, options, errors))),
            Item::Enum(item) => {
                errors.add(&item.ident, "an enum without variants has no value that could cross; give it one");
                Some(Self::of_enum(item, options, errors))
            }
            Item::Fn(item) if options.has("event") => {
                Event::check_with_body(item, options, errors);
                None
            }
            Item::Fn(item) => Function::of(item, options, errors).map(Self::Function),
            other => {
                let message = "`#[ffi]` goes on a struct, an enum, or a function; put it on those instead";
                errors.add(&*other, message);
                None
            }
        }
    }

    /// The meaning of a struct or an enum that crosses, as rustc hands it to the derive: without the fields
    /// and variants that `cfg` leaves out.
    pub(crate) fn of_derived(item: &mut Item, options: Options, errors: &Errors) -> Option<Self> {
        match item {
            Item::Struct(item) => Some(Self::Record(Record::of(item, options, errors))),
            Item::Enum(item) => {
                if item.variants.is_empty() {
                    let message = "an enum whose variants are all left out by `#[cfg]` has no value that could cross; \
                                   put the `#[cfg]` on it";
                    errors.add(&item.ident, message);
                }
                Some(Self::of_enum(item, options, errors))
            }
            _ => None,
        }
    }

    /// An enum without data, or with data.
    fn of_enum(item: &mut ItemEnum, options: Options, errors: &Errors) -> Self {
        let options = EnumOptions::of(item, options, errors);
        if !options.is_flat && DataEnum::is(item) {
            Self::DataEnum(DataEnum::of(item, options, errors))
        } else {
            Self::Enumeration(Enumeration::of(item, options, errors))
        }
    }
}
