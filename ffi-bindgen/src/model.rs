//! A library as every backend needs it: checked, and its types in an order to write them.
//!
//! - Every name is an identifier, every mentioned type is described, no two described types
//!   share a name.
//! - A type stands after every type it holds by value. What stands behind a pointer (the
//!   element of a list or a box) may come later, so a backend declares types forward.
//! - Lists, options and boxes are types of their own, each once.

pub(crate) mod docs;
mod kind;
mod order;
pub(crate) mod surface;

pub(crate) use kind::{Int, Kind};

use crate::Error;
use ffi_runtime::schema::{Field, Function, FunctionKind, Library, Param, Shape, Type, TypeDef, Variant};
use std::collections::HashMap;

/// A checked library.
#[derive(Debug)]
pub(crate) struct Model<'a> {
    /// What the library says about itself.
    pub(crate) library: &'a Library,
    /// Every type that needs a definition, what is held by value first.
    pub(crate) items: Vec<Item<'a>>,
}

/// One type that needs a definition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Item<'a> {
    /// A record of the library.
    Record(&'a TypeDef, &'a [Field]),
    /// An enumeration of the library.
    Enumeration(&'a TypeDef, &'a [Variant]),
    /// A list with elements of this type.
    List(&'a Type),
    /// An option of this type.
    Option(&'a Type),
    /// A box of this type.
    Boxed(&'a Type),
}

impl<'a> Model<'a> {
    /// Checks the library and orders its types.
    pub(crate) fn new(library: &'a Library) -> Result<Self, Error> {
        check_names(library)?;
        let items = order::order(library, &index(library)?)?;
        Ok(Self { library, items })
    }
}

impl Item<'_> {
    /// The name without the library's prefix: `EchoRequest`, `list_string`.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Record(def, _) | Self::Enumeration(def, _) => def.name.clone(),
            Self::List(item) => format!("list_{}", item_name(item)),
            Self::Option(item) => format!("option_{}", item_name(item)),
            Self::Boxed(item) => format!("box_{}", item_name(item)),
        }
    }

    /// What the type is, for a message.
    pub(crate) fn description(&self) -> String {
        match self {
            Self::Record(def, _) | Self::Enumeration(def, _) => described(def),
            Self::List(item) => format!("the type Vec<{}>", rust_name(item)),
            Self::Option(item) => format!("the type Option<{}>", rust_name(item)),
            Self::Boxed(item) => format!("the type Box<{}>", rust_name(item)),
        }
    }
}

/// The name of a type as part of other names: `i64`, `list_option_string`.
pub(crate) fn item_name(ty: &Type) -> String {
    let name = match ty {
        Type::I8 => "i8",
        Type::I16 => "i16",
        Type::I32 => "i32",
        Type::I64 => "i64",
        Type::U8 => "u8",
        Type::U16 => "u16",
        Type::U32 => "u32",
        Type::U64 => "u64",
        Type::Isize => "isize",
        Type::Usize => "usize",
        Type::F32 => "f32",
        Type::F64 => "f64",
        Type::Bool => "bool",
        Type::Char => "char",
        Type::String => "string",
        Type::Bytes => "bytes",
        Type::List(item) => return Item::List(item).name(),
        Type::Option(item) => return Item::Option(item).name(),
        Type::Boxed(item) => return Item::Boxed(item).name(),
        Type::Named(name) => name,
    };
    name.to_owned()
}

/// The type of a function's answer, if there is one: a constructor's is the handle, as text.
pub(crate) fn answer_type(function: &Function) -> Option<&Type> {
    match function.kind {
        FunctionKind::Constructor => Some(&Type::String),
        FunctionKind::Method | FunctionKind::Destructor | FunctionKind::Stateless | FunctionKind::Export => {
            function.returns.as_ref()
        }
    }
}

/// The name of the described type that a type is made of.
pub(crate) fn named(ty: &Type) -> Option<&str> {
    match Kind::of(ty) {
        Kind::List(item) | Kind::Option(item) | Kind::Boxed(item) => named(item),
        Kind::Named(name) => Some(name),
        Kind::Int(_) | Kind::Float { .. } | Kind::Bool | Kind::Char | Kind::Text | Kind::Bytes => None,
    }
}

/// The type as its author wrote it, give or take a path.
pub(crate) fn rust_name(ty: &Type) -> String {
    match Kind::of(ty) {
        Kind::Text => "String".to_owned(),
        Kind::Bytes => "Vec<u8>".to_owned(),
        Kind::List(item) => format!("Vec<{}>", rust_name(item)),
        Kind::Option(item) => format!("Option<{}>", rust_name(item)),
        Kind::Boxed(item) => format!("Box<{}>", rust_name(item)),
        Kind::Int(_) | Kind::Float { .. } | Kind::Bool | Kind::Char | Kind::Named(_) => item_name(ty),
    }
}

fn described(def: &TypeDef) -> String {
    format!("the type {}", def.path)
}

/// The described types by name.
fn index(library: &Library) -> Result<HashMap<&str, &TypeDef>, Error> {
    let mut types: HashMap<&str, &TypeDef> = HashMap::new();
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
        }
    }
    Ok(())
}

/// A schema may come from a file that anyone wrote: no name may smuggle text into a binding.
fn identifier(what: &'static str, name: &str) -> Result<(), Error> {
    let starts = name.starts_with(|c: char| c == '_' || c.is_alphabetic());
    let goes_on = name.chars().all(|c| c == '_' || c.is_alphanumeric());
    if starts && goes_on { Ok(()) } else { Err(Error::NotAnIdentifier { what, name: name.to_owned() }) }
}
