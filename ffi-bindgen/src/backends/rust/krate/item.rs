//! Names one type in Rust.

use crate::backends::rust::derives::Derives;
use crate::backends::rust::docs::comment;
use crate::backends::rust::names;
use crate::backends::rust::types::{MODULE, Types};
use crate::model::Item as ModelItem;
use crate::model::scope::Scope;
use ffi_runtime::schema::{
    DataVariant as SchemaDataVariant, Field as SchemaField, Payload, TypeDef, Variant as SchemaVariant,
};
use serde::Serialize;

/// A record or an enum; all else is Rust's own.
#[derive(Serialize)]
pub(super) struct Item {
    name: String,
    docs: Vec<String>,
    derives: Vec<&'static str>,
    #[serde(flatten)]
    shape: Shape,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Shape {
    Record { size: u64, fields: Vec<Field> },
    Enumeration { variants: Vec<Variant> },
    DataEnum { size: u64, offset: u64, variants: Vec<DataVariant> },
}

/// A field of a record, or of a variant that holds something.
#[derive(Serialize)]
struct Field {
    /// Its name; where it has none, the name that it is bound to.
    name: String,
    /// The key on the wire; where it has none, its place.
    key: String,
    docs: Vec<String>,
    ty: String,
    /// The shape of its values.
    path: String,
    offset: u64,
}

#[derive(Serialize)]
struct Variant {
    name: String,
    /// The text on the wire.
    key: String,
    docs: Vec<String>,
    value: i32,
}

/// A variant of an enum with data.
#[derive(Serialize)]
struct DataVariant {
    name: String,
    /// The text on the wire.
    key: String,
    docs: Vec<String>,
    payload: Payload,
    fields: Vec<Field>,
}

impl Item {
    pub(super) fn new(item: &ModelItem<'_>, types: &Types<'_>, derives: &Derives<'_>) -> Option<Self> {
        let (def, derives, shape) = match *item {
            ModelItem::Record(def, fields) => (def, derives.of_compound(&def.name), record(def, fields, types)),
            ModelItem::Enumeration(def, variants) => (def, Derives::of_enumeration(), enumeration(variants)),
            ModelItem::DataEnum(def, variants) => {
                (def, derives.of_compound(&def.name), data_enum(def, variants, types))
            }
            ModelItem::List(_) | ModelItem::Option(_) | ModelItem::Boxed(_) | ModelItem::Tuple(_) => return None,
            ModelItem::Array(..) | ModelItem::Map(..) | ModelItem::Entry(..) | ModelItem::Set(_) => return None,
        };
        let name = types.name(&def.name).to_owned();
        let docs = comment(&def.docs, &format!("The type `{}`.", def.name));
        Some(Self { name, docs, derives, shape })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Whether a field is of a described type.
    pub(super) fn has_described_types(&self) -> bool {
        let has = |fields: &[Field]| fields.iter().any(|field| field.path.contains(MODULE));
        match &self.shape {
            Shape::Record { fields, .. } => has(fields),
            Shape::Enumeration { .. } => false,
            Shape::DataEnum { variants, .. } => variants.iter().any(|variant| has(&variant.fields)),
        }
    }

    /// Whether it is an enum with data.
    pub(super) fn is_data_enum(&self) -> bool {
        matches!(self.shape, Shape::DataEnum { .. })
    }

    /// The names of the fields and the variants.
    pub(super) fn members(&self) -> Vec<&str> {
        match &self.shape {
            Shape::Record { fields, .. } => fields.iter().map(Field::name).collect(),
            Shape::Enumeration { variants } => variants.iter().map(|variant| variant.name.as_str()).collect(),
            Shape::DataEnum { variants, .. } => variants.iter().flat_map(DataVariant::names).collect(),
        }
    }
}

impl Field {
    fn name(&self) -> &str {
        &self.name
    }
}

impl DataVariant {
    /// Its own name, and those of its fields.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(Field::name).chain([self.name.as_str()])
    }
}

fn record(def: &TypeDef, fields: &[SchemaField], types: &Types<'_>) -> Shape {
    Shape::Record { size: def.size, fields: named(fields, types) }
}

/// Fields with names.
fn named(fields: &[SchemaField], types: &Types<'_>) -> Vec<Field> {
    let mut scope = Scope::new(names::STYLE).among(fields.iter().map(|field| field.name.as_str()));
    let field = |field: &SchemaField| Field {
        name: names::member(&mut scope, &field.name),
        key: field.name.clone(),
        docs: comment(&field.docs, &format!("The field `{}`.", field.name)),
        ty: types.owned(&field.ty, ""),
        path: types.shape(&field.ty),
        offset: field.offset,
    };
    fields.iter().map(field).collect()
}

/// Fields without names, which are documented where their author did so.
fn unnamed(fields: &[SchemaField], types: &Types<'_>) -> Vec<Field> {
    let field = |(place, field): (usize, &SchemaField)| Field {
        name: format!("_{place}"),
        key: place.to_string(),
        docs: comment(&field.docs, ""),
        ty: types.owned(&field.ty, ""),
        path: types.shape(&field.ty),
        offset: field.offset,
    };
    fields.iter().enumerate().map(field).collect()
}

fn enumeration(variants: &[SchemaVariant]) -> Shape {
    let mut scope = Scope::new(names::STYLE).among(variants.iter().map(|variant| variant.name.as_str()));
    let variant = |variant: &SchemaVariant| Variant {
        name: names::item(&mut scope, &variant.name),
        key: variant.name.clone(),
        docs: comment(&variant.docs, &format!("The variant `{}`.", variant.name)),
        value: variant.value,
    };
    Shape::Enumeration { variants: variants.iter().map(variant).collect() }
}

/// The union stands behind the tag, where the alignment of the whole has it.
fn data_enum(def: &TypeDef, variants: &[SchemaDataVariant], types: &Types<'_>) -> Shape {
    let mut scope = Scope::new(names::STYLE).among(variants.iter().map(|variant| variant.name.as_str()));
    let variant = |variant: &SchemaDataVariant| DataVariant {
        name: names::item(&mut scope, &variant.name),
        key: variant.name.clone(),
        docs: comment(&variant.docs, &format!("The variant `{}`.", variant.name)),
        payload: variant.payload,
        fields: match variant.payload {
            Payload::Unit | Payload::Value | Payload::Tuple => unnamed(&variant.fields, types),
            Payload::Fields => named(&variant.fields, types),
        },
    };
    Shape::DataEnum { size: def.size, offset: def.align, variants: variants.iter().map(variant).collect() }
}
