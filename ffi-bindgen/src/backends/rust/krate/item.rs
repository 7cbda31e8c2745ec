//! Names one type in Rust.

use crate::backends::rust::derives::Derives;
use crate::backends::rust::docs::comment;
use crate::backends::rust::names;
use crate::backends::rust::types::{MODULE, Types};
use crate::model::Item as ModelItem;
use crate::model::scope::Scope;
use ffi_runtime::schema::{Field as SchemaField, TypeDef, Variant as SchemaVariant};
use serde::Serialize;

/// A record or an enumeration; lists, options and boxes are Rust's own.
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
}

#[derive(Serialize)]
struct Field {
    name: String,
    /// The key on the wire.
    key: String,
    docs: Vec<String>,
    ty: String,
    /// The type as other modules spell it.
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

impl Item {
    pub(super) fn new(item: &ModelItem<'_>, types: &Types<'_>, derives: &Derives<'_>) -> Option<Self> {
        let (def, derives, shape) = match *item {
            ModelItem::Record(def, fields) => (def, derives.of_record(&def.name), record(def, fields, types)),
            ModelItem::Enumeration(def, variants) => (def, Derives::of_enumeration(), enumeration(variants)),
            ModelItem::List(_) | ModelItem::Option(_) | ModelItem::Boxed(_) => return None,
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
        match &self.shape {
            Shape::Record { fields, .. } => fields.iter().any(|field| field.path.contains(MODULE)),
            Shape::Enumeration { .. } => false,
        }
    }

    /// The names of the fields or the variants.
    pub(super) fn members(&self) -> Vec<&str> {
        match &self.shape {
            Shape::Record { fields, .. } => fields.iter().map(|field| field.name.as_str()).collect(),
            Shape::Enumeration { variants } => variants.iter().map(|variant| variant.name.as_str()).collect(),
        }
    }
}

fn record(def: &TypeDef, fields: &[SchemaField], types: &Types<'_>) -> Shape {
    let mut scope = Scope::new(names::STYLE).among(fields.iter().map(|field| field.name.as_str()));
    let field = |field: &SchemaField| Field {
        name: names::member(&mut scope, &field.name),
        key: field.name.clone(),
        docs: comment(&field.docs, &format!("The field `{}`.", field.name)),
        ty: types.owned(&field.ty, ""),
        path: types.owned(&field.ty, MODULE),
        offset: field.offset,
    };
    Shape::Record { size: def.size, fields: fields.iter().map(field).collect() }
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
