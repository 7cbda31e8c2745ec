//! Names one record or enumeration in C++.

use super::names::STYLE;
use super::types::{Speller, form_of};
use crate::abi::docs::comment;
use crate::model::scope::Scope;
use crate::model::{Item, is_optional};
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
        /// The places of the fields whose keys may not be missing.
        required: Vec<usize>,
    },
    Enumeration {
        variants: Vec<Variant>,
    },
}

#[derive(Serialize)]
struct Field {
    /// The C++ name.
    name: String,
    /// The C name.
    c: String,
    /// The key on the wire.
    key: String,
    docs: Vec<String>,
    ty: String,
    form: String,
    /// Whether its type is whole where it stands.
    is_whole: bool,
}

#[derive(Serialize)]
struct Variant {
    name: String,
    /// The C constant that it equals.
    constant: String,
    docs: Vec<String>,
}

impl Defined {
    /// Defines an item of the order, with which of its fields are whole, and their names in C.
    pub(super) fn new(item: &Item<'_>, whole: &[bool], c: &[&str], spell: Speller<'_>) -> Self {
        match item {
            Item::Record(def, fields) => Self::named(def, record(def, fields, whole, c, spell), spell),
            Item::Enumeration(def, variants) => Self::named(def, enumeration(def, variants, spell), spell),
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

impl Field {
    fn new(field: &SchemaField, c: &str, is_whole: bool, spell: Speller<'_>, scope: &mut Scope<'_>) -> Self {
        Self {
            name: scope.claim(c, c),
            c: c.to_owned(),
            key: field.name.clone(),
            docs: comment(&field.docs),
            ty: spell.ty(&field.ty),
            form: spell.form(&field.ty),
            is_whole,
        }
    }
}

fn record(def: &TypeDef, fields: &[SchemaField], whole: &[bool], c: &[&str], spell: Speller<'_>) -> Shape {
    let beside = [spell.types[&*def.name].as_str()];
    let mut scope = Scope::new(STYLE).beside(&beside).among(c.iter().copied());
    let is_required = |(index, field): (usize, &SchemaField)| (!is_optional(&field.ty)).then_some(index);
    let required = fields.iter().enumerate().filter_map(is_required).collect();
    let fields = fields.iter().zip(whole).zip(c);
    let fields = fields.map(|((field, &is_whole), c)| Field::new(field, c, is_whole, spell, &mut scope));
    Shape::Record { fields: fields.collect(), required }
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
