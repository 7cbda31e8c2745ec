//! Names one type in C, with its fields or variants.

use super::docs::comment;
use super::names::members;
use super::types::{Speller, declare, pointer_to, pointer_to_const};
use crate::model::scope::Scope;
use crate::model::{Item as ModelItem, is_optional};
use ffi_runtime::schema::{
    DataVariant as SchemaDataVariant, Field as SchemaField, Payload, Type, TypeDef, Variant as SchemaVariant,
};
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
    DataEnum {
        docs: Vec<String>,
        size: u64,
        /// Where the union stands.
        offset: u64,
        variants: Vec<DataVariant>,
    },
    Tuple {
        fields: Vec<Field>,
    },
    Array {
        /// Declares `items`.
        declaration: String,
        len: u64,
        /// Whether it is a byte string on the wire.
        is_bytes: bool,
        element: Element,
    },
    Map {
        /// The struct of an entry.
        entry: String,
        key: Element,
        value: Element,
    },
    Entry {
        /// Declares `key`.
        key: String,
        /// Declares `value`.
        value: String,
    },
    Set {
        element: Element,
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

/// One variant of an enum with data.
#[derive(Serialize)]
struct DataVariant {
    /// The tag.
    constant: String,
    /// The name on the wire.
    key: String,
    docs: Vec<String>,
    payload: Payload,
    /// The name in the union, of what holds something.
    member: String,
    /// Declares that.
    declaration: Option<String>,
    codec: String,
    /// The struct of its fields, where there is one.
    fields: Option<Fields>,
}

/// The struct of a variant's fields, which is written and read as an item is.
#[derive(Serialize)]
struct Fields {
    name: String,
    shape: FieldsShape,
}

#[derive(Serialize)]
struct FieldsShape {
    fields: Vec<Field>,
    required: Vec<usize>,
}

/// What a list, an option or a box holds.
#[derive(Serialize)]
struct Element {
    ty: String,
    pointer: String,
    /// A pointer through which it cannot be changed.
    constant: String,
    codec: String,
    /// Declares an option's `value`.
    declaration: String,
}

impl Item {
    pub(super) fn new(item: &ModelItem<'_>, spell: Speller<'_>) -> Self {
        let name = match item {
            ModelItem::Entry(key, value) => spell.entry(key, value),
            ModelItem::Record(..) | ModelItem::Enumeration(..) | ModelItem::DataEnum(..) => spell.codec(&item.ty()),
            ModelItem::List(_) | ModelItem::Option(_) | ModelItem::Boxed(_) => spell.codec(&item.ty()),
            ModelItem::Tuple(_) | ModelItem::Array(..) | ModelItem::Map(..) | ModelItem::Set(_) => {
                spell.codec(&item.ty())
            }
        };
        let (ty, shape) = match item {
            ModelItem::Record(def, fields) => (name.clone(), record(def, fields, spell)),
            ModelItem::Enumeration(def, variants) => (name.clone(), enumeration(def, variants, spell)),
            ModelItem::DataEnum(def, variants) => (name.clone(), data_enum(def, variants, spell)),
            ModelItem::List(ty) => (name.clone(), Shape::List { element: Element::new(ty, spell) }),
            ModelItem::Option(ty) => (name.clone(), Shape::Option { element: Element::new(ty, spell) }),
            ModelItem::Tuple(items) => (name.clone(), tuple(items, spell)),
            ModelItem::Array(ty, len) => (name.clone(), array(ty, *len, spell)),
            ModelItem::Map(key, value) => (name.clone(), map(key, value, spell)),
            ModelItem::Entry(key, value) => {
                let (key, value) = (declare(&spell.ty(key), "key"), declare(&spell.ty(value), "value"));
                (name.clone(), Shape::Entry { key, value })
            }
            ModelItem::Set(ty) => (name.clone(), Shape::Set { element: Element::new(ty, spell) }),
            ModelItem::Boxed(ty) => (pointer_to_const(&spell.ty(ty)), Shape::Box { element: Element::new(ty, spell) }),
        };
        let (value, out) = (declare(&pointer_to_const(&ty), "value"), declare(&pointer_to(&ty), "out"));
        Self { name, ty, value, out, shape }
    }

    /// The names of its fields.
    pub(super) fn members(&self) -> Vec<&str> {
        match &self.shape {
            Shape::Record { fields, .. } => fields.iter().map(|field| field.name.as_str()).collect(),
            Shape::Enumeration { .. } | Shape::DataEnum { .. } => Vec::new(),
            Shape::List { .. } | Shape::Option { .. } | Shape::Box { .. } => Vec::new(),
            Shape::Tuple { .. } | Shape::Array { .. } | Shape::Map { .. } => Vec::new(),
            Shape::Entry { .. } | Shape::Set { .. } => Vec::new(),
        }
    }

    /// The names of its variants; only an enum with data has any.
    pub(super) fn variants(&self) -> Vec<VariantNames<'_>> {
        match &self.shape {
            Shape::DataEnum { variants, .. } => variants.iter().map(DataVariant::names).collect(),
            Shape::Record { .. } | Shape::Enumeration { .. } => Vec::new(),
            Shape::List { .. } | Shape::Option { .. } | Shape::Box { .. } => Vec::new(),
            Shape::Tuple { .. } | Shape::Array { .. } | Shape::Map { .. } => Vec::new(),
            Shape::Entry { .. } | Shape::Set { .. } => Vec::new(),
        }
    }
}

/// What C calls a variant of an enum with data, and what that holds.
#[derive(Clone, Debug)]
pub(crate) struct VariantNames<'a> {
    /// The tag.
    pub(crate) constant: &'a str,
    /// The name in the union; nothing has it where the variant holds nothing.
    pub(crate) member: &'a str,
    /// The fields in the struct of them, where there is one.
    pub(crate) fields: Vec<&'a str>,
}

impl DataVariant {
    fn names(&self) -> VariantNames<'_> {
        let fields = self.fields.iter().flat_map(|it| &it.shape.fields);
        VariantNames {
            constant: &self.constant,
            member: &self.member,
            fields: fields.map(|field| field.name.as_str()).collect(),
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
        let (pointer, constant) = (pointer_to(&ty), pointer_to_const(&ty));
        Self { pointer, constant, codec, declaration: declare(&ty, "value"), ty }
    }
}

fn tuple(items: &[Type], spell: Speller<'_>) -> Shape {
    let field = |(place, ty): (usize, &Type)| {
        let name = format!("_{place}");
        let declaration = declare(&spell.ty(ty), &name);
        Field { key: name.clone(), name, docs: Vec::new(), declaration, offset: 0, codec: spell.codec(ty) }
    };
    Shape::Tuple { fields: items.iter().enumerate().map(field).collect() }
}

fn array(ty: &Type, len: u64, spell: Speller<'_>) -> Shape {
    let declaration = declare(&spell.ty(ty), &format!("items[{len}]"));
    Shape::Array { declaration, len, is_bytes: *ty == Type::U8, element: Element::new(ty, spell) }
}

fn map(key: &Type, value: &Type, spell: Speller<'_>) -> Shape {
    Shape::Map { entry: spell.entry(key, value), key: Element::new(key, spell), value: Element::new(value, spell) }
}

fn record(def: &TypeDef, fields: &[SchemaField], spell: Speller<'_>) -> Shape {
    let FieldsShape { fields, required } = FieldsShape::new(fields, spell);
    Shape::Record { docs: comment(&def.docs), size: def.size, fields, required }
}

impl FieldsShape {
    fn new(fields: &[SchemaField], spell: Speller<'_>) -> Self {
        let mut members = members(&spell.names.top).among(fields.iter().map(|field| field.name.as_str()));
        let is_required = |(index, field): (usize, &SchemaField)| (!is_optional(&field.ty)).then_some(index);
        let required = fields.iter().enumerate().filter_map(is_required).collect();
        Self { fields: fields.iter().map(|field| Field::new(field, spell, &mut members)).collect(), required }
    }
}

fn data_enum(def: &TypeDef, variants: &[SchemaDataVariant], spell: Speller<'_>) -> Shape {
    let mut members = members(&spell.names.top).among(variants.iter().map(|variant| variant.name.as_str()));
    let names = spell.variants(&def.name).iter().zip(spell.payloads(&def.name));
    let variant = |(variant, (constant, fields)): (&SchemaDataVariant, (&String, &String))| {
        let member = members.claim(&variant.name, &variant.name);
        let (ty, codec) = match (variant.payload, &variant.fields[..]) {
            (Payload::Value, [field]) => (Some(spell.ty(&field.ty)), spell.codec(&field.ty)),
            (Payload::Tuple | Payload::Fields, _) => (Some(fields.clone()), fields.clone()),
            (Payload::Unit | Payload::Value, _) => (None, String::new()),
        };
        let has_struct = !fields.is_empty();
        let fields = || Fields { name: fields.clone(), shape: FieldsShape::new(&variant.fields, spell) };
        DataVariant {
            constant: constant.clone(),
            key: variant.name.clone(),
            docs: comment(&variant.docs),
            payload: variant.payload,
            declaration: ty.map(|ty| declare(&ty, &member)),
            member,
            codec,
            fields: has_struct.then(fields),
        }
    };
    let variants = variants.iter().zip(names).map(variant).collect();
    // Behind four bytes, aligned as the whole.
    Shape::DataEnum { docs: comment(&def.docs), size: def.size, offset: def.align, variants }
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
