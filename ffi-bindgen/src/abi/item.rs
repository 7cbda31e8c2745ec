//! Names one type in C, with its fields or variants.

use super::docs::comment;
use super::names::members;
use super::types::{Speller, declare, pointer_to, pointer_to_const};
use crate::model::scope::Scope;
use crate::model::{Item as ModelItem, is_optional};
use ffi_runtime::schema::{Field as SchemaField, Type, TypeDef, Variant as SchemaVariant};
use serde::Serialize;

/// A type that the header defines, or at least encodes and decodes.
#[derive(Serialize)]
pub(super) struct Item {
    /// The C name, which the names of the helpers begin with.
    name: String,
    /// The C type; other than the name for a box, which is a pointer.
    ty: String,
    /// Declares `value`, a pointer to read the type through.
    value: String,
    /// Declares `out`, a pointer to write the type through.
    out: String,
    shape: Shape,
}

/// What a type is made of.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Shape {
    Record {
        docs: Vec<String>,
        size: u64,
        fields: Vec<Field>,
        /// The places of the fields whose keys may not be missing.
        required: Vec<usize>,
    },
    Enumeration {
        docs: Vec<String>,
        variants: Vec<Variant>,
    },
    List {
        element: Element,
    },
    Option {
        element: Element,
    },
    Box {
        element: Element,
    },
}

#[derive(Serialize)]
struct Field {
    /// The C name.
    name: String,
    /// The key on the wire.
    key: String,
    docs: Vec<String>,
    declaration: String,
    offset: u64,
    codec: String,
}

#[derive(Serialize)]
struct Variant {
    name: String,
    /// The text on the wire.
    key: String,
    docs: Vec<String>,
    value: String,
}

/// What a list, an option or a box holds.
#[derive(Serialize)]
struct Element {
    ty: String,
    pointer: String,
    codec: String,
    /// Declares an option's `value`.
    declaration: String,
}

impl Item {
    pub(super) fn new(item: &ModelItem<'_>, spell: Speller<'_>) -> Self {
        let name = spell.codec(&item.ty());
        let (ty, shape) = match item {
            ModelItem::Record(def, fields) => (name.clone(), record(def, fields, spell)),
            ModelItem::Enumeration(def, variants) => (name.clone(), enumeration(def, variants, spell)),
            ModelItem::List(ty) => (name.clone(), Shape::List { element: Element::new(ty, spell) }),
            ModelItem::Option(ty) => (name.clone(), Shape::Option { element: Element::new(ty, spell) }),
            ModelItem::Boxed(ty) => (pointer_to_const(&spell.ty(ty)), Shape::Box { element: Element::new(ty, spell) }),
        };
        let (value, out) = (declare(&pointer_to_const(&ty), "value"), declare(&pointer_to(&ty), "out"));
        Self { name, ty, value, out, shape }
    }

    /// The names of its fields.
    pub(super) fn members(&self) -> Vec<&str> {
        match &self.shape {
            Shape::Record { fields, .. } => fields.iter().map(|field| field.name.as_str()).collect(),
            Shape::Enumeration { .. } | Shape::List { .. } | Shape::Option { .. } | Shape::Box { .. } => Vec::new(),
        }
    }
}

impl Field {
    fn new(field: &SchemaField, spell: Speller<'_>, members: &mut Scope<'_>) -> Self {
        let name = members.claim(&field.name, &field.name);
        Self {
            key: field.name.clone(),
            docs: comment(&field.docs),
            declaration: declare(&spell.ty(&field.ty), &name),
            offset: field.offset,
            codec: spell.codec(&field.ty),
            name,
        }
    }
}

impl Element {
    fn new(ty: &Type, spell: Speller<'_>) -> Self {
        let (codec, ty) = (spell.codec(ty), spell.ty(ty));
        Self { pointer: pointer_to(&ty), codec, declaration: declare(&ty, "value"), ty }
    }
}

fn record(def: &TypeDef, fields: &[SchemaField], spell: Speller<'_>) -> Shape {
    let mut members = members(&spell.names.top).among(fields.iter().map(|field| field.name.as_str()));
    let is_required = |(index, field): (usize, &SchemaField)| (!is_optional(&field.ty)).then_some(index);
    let required = fields.iter().enumerate().filter_map(is_required).collect();
    let fields = fields.iter().map(|field| Field::new(field, spell, &mut members)).collect();
    Shape::Record { docs: comment(&def.docs), size: def.size, fields, required }
}

fn enumeration(def: &TypeDef, variants: &[SchemaVariant], spell: Speller<'_>) -> Shape {
    let variants = variants.iter().zip(spell.variants(&def.name)).map(|(variant, name)| Variant {
        name: name.clone(),
        key: variant.name.clone(),
        docs: comment(&variant.docs),
        value: literal(variant.value),
    });
    Shape::Enumeration { docs: comment(&def.docs), variants: variants.collect() }
}

/// C has no negative literals, and 2147483648 is no `int`.
fn literal(value: i32) -> String {
    if value == i32::MIN { "(-2147483647 - 1)".to_owned() } else { value.to_string() }
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn the_least_value_is_an_int_for_every_compiler() {
        assert_eq!(literal(i32::MIN), "(-2147483647 - 1)");
        assert_eq!(literal(i32::MIN + 1), "-2147483647");
    }
}
