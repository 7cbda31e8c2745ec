//! One record or enumeration of the header.

use super::names::{Scope, spelled};
use super::types::Speller;
use crate::Error;
use crate::c::docs::comment;
use crate::c::names::Names;
use crate::model::Item;
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
    /// Defines an item of the order, with which of its fields are whole.
    pub(super) fn new(
        item: &Item<'_>,
        whole: &[bool],
        spell: Speller<'_>,
        c: &Names,
        scope: &mut Scope,
    ) -> Result<Self, Error> {
        match item {
            Item::Record(def, fields) => {
                let shape = record(def, fields, whole, spell, c)?;
                Self::named(def, &item.description(), shape, spell, scope)
            }
            Item::Enumeration(def, variants) => {
                let shape = enumeration(def, variants, spell)?;
                Self::named(def, &item.description(), shape, spell, scope)
            }
            Item::List(_) | Item::Option(_) | Item::Boxed(_) => {
                unreachable!("what has no name has no place in the order")
            }
        }
    }

    fn named(def: &TypeDef, owner: &str, shape: Shape, spell: Speller<'_>, scope: &mut Scope) -> Result<Self, Error> {
        let name = scope.add(&def.name, owner)?;
        Ok(Self {
            name,
            c: spell.c.prefixed(&def.name),
            form: Speller::form_of(&def.name),
            docs: comment(&def.docs),
            shape,
        })
    }
}

impl Field {
    fn new(
        field: &SchemaField,
        c: String,
        is_whole: bool,
        spell: Speller<'_>,
        owner: &str,
        scope: &mut Scope,
    ) -> Result<Self, Error> {
        let owner = format!("`{}` of {owner}", field.name);
        Ok(Self {
            name: scope.add(&c, &owner)?,
            c,
            key: field.name.clone(),
            docs: comment(&field.docs),
            ty: spell.ty(&field.ty),
            form: spell.form(&field.ty),
            is_whole,
        })
    }
}

fn record(
    def: &TypeDef,
    fields: &[SchemaField],
    whole: &[bool],
    spell: Speller<'_>,
    c: &Names,
) -> Result<Shape, Error> {
    let owner = format!("the type {}", def.path);
    let (mut members, mut scope) = (c.members(owner.clone(), &[]), Scope::new(&[&spelled(&def.name)]));
    let is_required = |(index, field): (usize, &SchemaField)| (!matches!(field.ty, Type::Option(_))).then_some(index);
    let required = fields.iter().enumerate().filter_map(is_required).collect();
    let fields = fields.iter().zip(whole).map(|(field, &is_whole)| {
        let c = members.add(&field.name)?;
        Field::new(field, c, is_whole, spell, &owner, &mut scope)
    });
    Ok(Shape::Record { fields: fields.collect::<Result<_, _>>()?, required })
}

fn enumeration(def: &TypeDef, variants: &[SchemaVariant], spell: Speller<'_>) -> Result<Shape, Error> {
    let (name, mut scope) = (spell.c.prefixed(&def.name), Scope::new(&[]));
    let mut named = |variant: &SchemaVariant| {
        let owner = format!("the variant {} of the type {}", variant.name, def.path);
        Ok(Variant {
            name: scope.add(&variant.name, &owner)?,
            constant: format!("::{name}_{}", variant.name),
            docs: comment(&variant.docs),
        })
    };
    Ok(Shape::Enumeration { variants: variants.iter().map(&mut named).collect::<Result<_, Error>>()? })
}
