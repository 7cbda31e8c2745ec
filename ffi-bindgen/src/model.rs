//! Checks a library, and orders its types for every backend.
//!
//! - Every name is an identifier, every mentioned type is described, no two described types
//!   share a name.
//! - A type stands after every type it holds by value. What stands behind a pointer (the
//!   element of a list or a box) may come later, so a backend declares types forward.
//! - Lists, options and boxes are types of their own, each once.

pub(crate) mod docs;
mod failure;
mod item;
mod keys;
mod kind;
mod order;
mod passing;
pub(crate) mod scope;
mod spell;
pub(crate) mod surface;
mod type_names;

pub(crate) use failure::{Failure, error_name};
pub(crate) use item::{Item, is_optional, name_of, named, rust_name, rust_variant};
pub(crate) use keys::Keys;
pub(crate) use kind::{Defs, Format, Holds, Int, Kind, kind_labels};
pub(crate) use passing::ByPointer;
pub(crate) use spell::{Form, Name, Spell};
pub(crate) use type_names::TypeNames;

use crate::Error;
use ffi_runtime::schema::{DataVariant, Function, FunctionKind, Library, Param, Payload, Shape, Text, Type, TypeDef};
use item::described;

/// A checked library.
#[derive(Debug)]
pub(crate) struct Model<'a> {
    /// What the library says about itself.
    pub(crate) library: &'a Library,
    /// What a linker knows the library by, which its file is named after.
    pub(crate) linked: &'a str,
    /// Every type that needs a definition, what is held by value first.
    pub(crate) items: Vec<Item<'a>>,
    /// What every type is called as a part of other names.
    pub(crate) names: TypeNames,
    /// The described types by name.
    pub(crate) defs: Defs<'a>,
    /// The described types that native parameters point to.
    pub(crate) by_pointer: ByPointer,
}

impl<'a> Model<'a> {
    /// Checks the library and orders its types.
    pub(crate) fn new(library: &'a Library) -> Result<Self, Error> {
        check_names(library)?;
        let defs = index(library)?;
        let items = order::order(library, &defs)?;
        failure::check(library, &defs)?;
        let by_pointer = passing::by_pointer(&items);
        Ok(Self { library, linked: &library.name, names: TypeNames::new(&items), items, defs, by_pointer })
    }

    /// What functions fail with, each error once, in the order of their names.
    pub(crate) fn failures(&self) -> Vec<Failure<'a>> {
        failure::of_all(self.library, &self.defs)
    }

    /// Whether text is NUL-terminated in C, and else has a length.
    pub(crate) fn has_c_text(&self) -> bool {
        self.library.options.text == Text::C
    }

    /// The same, of a file that is named after something else.
    pub(crate) fn linked(self, linked: &'a str) -> Self {
        Self { linked, ..self }
    }
}

/// The type of a function's answer, if it has one: a constructor's is the handle, as text.
pub(crate) fn answer_type(function: &Function) -> Option<&Type> {
    match function.kind {
        FunctionKind::Constructor => Some(&Type::String),
        FunctionKind::Method | FunctionKind::Destructor | FunctionKind::Stateless | FunctionKind::Export => {
            function.returns.as_ref()
        }
    }
}

/// The described types by name.
fn index(library: &Library) -> Result<Defs<'_>, Error> {
    let mut types = Defs::new();
    for def in &library.types {
        if let Some(first) = types.insert(&def.name, def) {
            let (first, second) = (described(first), described(def));
            return Err(Error::Collision { name: def.name.clone(), first, second });
        }
    }
    Ok(types)
}

fn check_names(library: &Library) -> Result<(), Error> {
    identifier("the library", &library.name)?;
    for function in &library.functions {
        identifier("a function", &function.name)?;
        function.params.iter().try_for_each(|Param { name, .. }| identifier("a parameter", name))?;
    }
    library.events.iter().try_for_each(|event| identifier("an event", &event.name))?;
    for def in &library.types {
        identifier("a type", &def.name)?;
        match &def.shape {
            Shape::Record { fields } => fields.iter().try_for_each(|field| identifier("a field", &field.name))?,
            Shape::Enumeration { variants } => {
                variants.iter().try_for_each(|variant| identifier("a variant", &variant.name))?;
            }
            Shape::DataEnum { variants } => {
                check_payloads(def, variants)?;
                variants.iter().try_for_each(|variant| identifier("a variant", &variant.name))?;
                def.shape.fields().try_for_each(|field| identifier("a field", &field.name))?;
            }
        }
    }
    Ok(())
}

/// Each variant has as many fields as its payload says.
fn check_payloads(def: &TypeDef, variants: &[DataVariant]) -> Result<(), Error> {
    let is_bad = |variant: &&DataVariant| match variant.payload {
        Payload::Unit => !variant.fields.is_empty(),
        Payload::Value => variant.fields.len() != 1,
        Payload::Tuple | Payload::Fields => variant.fields.is_empty(),
    };
    match variants.iter().find(is_bad) {
        Some(variant) => Err(Error::NoPayload { name: def.name.clone(), variant: variant.name.clone() }),
        None => Ok(()),
    }
}

/// A schema may come from a file that anyone wrote: no name may smuggle text into a binding.
fn identifier(what: &'static str, name: &str) -> Result<(), Error> {
    let starts = name.starts_with(|c: char| c == '_' || c.is_alphabetic());
    let goes_on = name.chars().all(|c| c == '_' || c.is_alphanumeric());
    if starts && goes_on { Ok(()) } else { Err(Error::NotAnIdentifier { what, name: name.to_owned() }) }
}
