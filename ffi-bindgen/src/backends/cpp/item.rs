//! Names one record or enum in C++.

use super::data_enum::DataEnum;
use super::field::{Field, members, required};
use super::names::STYLE;
use super::order::Ordered;
use super::types::{Speller, form_of};
use crate::abi::VariantNames;
use crate::abi::docs::comment;
use crate::model::Item;
use crate::model::scope::Scope;
use ffi_runtime::schema::{Field as SchemaField, Type, TypeDef, Variant as SchemaVariant};
use serde::Serialize;

/// A type that the header defines.
#[derive(Serialize)]
pub(super) struct Defined {
    /// The C++ name.
    name: String,
    /// The C name.
    c: String,
    /// The form that carries it.
    form: String,
    docs: Vec<String>,
    #[serde(flatten)]
    shape: Shape,
}

#[derive(Serialize)]
#[serde(tag = "shape", rename_all = "snake_case")]
enum Shape {
    Record {
        fields: Vec<Field>,
        /// Whether its comparison stands in it.
        is_compared: bool,
        /// The places of the fields whose keys may not be missing.
        required: Vec<usize>,
    },
    Enumeration {
        variants: Vec<Variant>,
    },
    DataEnum(DataEnum),
}

/// What C calls the parts of a type.
pub(super) struct CNames<'a> {
    /// The fields of a record.
    pub(super) members: Vec<&'a str>,
    /// The variants of an enum with data.
    pub(super) variants: Vec<VariantNames<'a>>,
}

#[derive(Serialize)]
struct Variant {
    name: String,
    /// The C constant that it equals.
    constant: String,
    docs: Vec<String>,
}

impl Defined {
    /// Defines an item of the order, with the names of its parts in C. `initial` is the place of the variant that an
    /// enum with data is where nothing else is said.
    pub(super) fn new(ordered: &Ordered<'_, '_>, c: &CNames<'_>, initial: usize, spell: Speller<'_>) -> Self {
        match ordered.item {
            Item::Record(def, fields) => Self::named(def, record(def, fields, ordered, &c.members, spell), spell),
            Item::Enumeration(def, variants) => Self::named(def, enumeration(def, variants, spell), spell),
            Item::DataEnum(def, variants) => {
                let data_enum = DataEnum::new(def, variants, &ordered.whole, &c.variants, initial, spell);
                Self::named(def, Shape::DataEnum(data_enum), spell)
            }
            Item::Tuple(_) | Item::Array(..) | Item::Map(..) | Item::Entry(..) | Item::Set(_) => {
                unreachable!("what has no name has no place in the order")
            }
            Item::List(_) | Item::Option(_) | Item::Boxed(_) => {
                unreachable!("what has no name has no place in the order")
            }
        }
    }

    fn named(def: &TypeDef, shape: Shape, spell: Speller<'_>) -> Self {
        let c = spell.c.codec(&Type::Named(def.name.clone()));
        Self { name: spell.types[&*def.name].clone(), c, form: form_of(&def.name), docs: comment(&def.docs), shape }
    }
}

fn record(def: &TypeDef, fields: &[SchemaField], ordered: &Ordered<'_, '_>, c: &[&str], spell: Speller<'_>) -> Shape {
    Shape::Record {
        fields: members(&spell.types[&*def.name], fields, &ordered.whole, c, spell),
        is_compared: ordered.is_apart && ordered.whole.iter().all(|&is_whole| is_whole),
        required: required(fields),
    }
}

fn enumeration(def: &TypeDef, variants: &[SchemaVariant], spell: Speller<'_>) -> Shape {
    let mut scope = Scope::new(STYLE).among(variants.iter().map(|variant| variant.name.as_str()));
    let variants = variants.iter().zip(spell.c.variants(&def.name)).map(|(variant, constant)| Variant {
        name: scope.claim(&variant.name, &variant.name),
        constant: format!("::{constant}"),
        docs: comment(&variant.docs),
    });
    Shape::Enumeration { variants: variants.collect() }
}
