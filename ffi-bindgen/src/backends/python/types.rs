//! Describes types to the templates: their classes, and how their values cross.

use super::docs::docstring;
use super::names::{STYLE, shouted, snake};
use super::spell::{KEYS, Types, letters, typed};
use crate::abi::Passed;
use crate::model::scope::Scope;
use crate::model::{Int, Item as ModelItem, Kind, is_optional};
use ffi_runtime::schema::{
    DataVariant as SchemaDataVariant, Field as SchemaField, Payload, Type, TypeDef, Variant as SchemaVariant,
};
use serde::Serialize;

/// Names that mean something in the body of a class of values.
const FIELDS: &[&str] = &["typing", "builtins", "datetime", "pathlib", "ipaddress"];

/// A type that has code of its own.
#[derive(Serialize)]
pub(super) struct Item {
    /// The name in the code.
    name: String,
    kind: &'static str,
    /// Whether it comes with `RET_FAILURE`, and is shown to nobody.
    is_failure: bool,
    /// The class, where it is one, or the union of those of the variants.
    class: Option<String>,
    docs: Vec<String>,
    fields: Vec<Field>,
    variants: Vec<Variant>,
    data_variants: Vec<DataVariant>,
    elements: Vec<Tree>,
    /// Whether it is a dict or a set of Python's own.
    is_own: bool,
    /// Of an array.
    len: u64,
    /// The streams that its values need.
    streams: Vec<&'static str>,
    /// The same as parameters.
    typed: Vec<&'static str>,
}

#[derive(Serialize)]
struct Field {
    name: String,
    /// The key on the wire.
    key: String,
    /// Whether its key may be missing.
    is_optional: bool,
    docs: Vec<String>,
    annotation: String,
    ty: Tree,
}

#[derive(Serialize)]
struct Variant {
    name: String,
    key: String,
    docs: Vec<String>,
    value: i32,
}

/// One variant of an enum with data.
#[derive(Serialize)]
struct DataVariant {
    class: String,
    key: String,
    docs: Vec<String>,
    tag: usize,
    payload: Payload,
    fields: Vec<Field>,
}

/// A type as it crosses.
#[derive(Serialize)]
pub(super) struct Tree {
    kind: &'static str,
    name: String,
    least: String,
    most: String,
    /// Whether it needs all 64 bits, with a sign.
    signed64: bool,
    /// Whether it needs all 64 bits, without a sign.
    unsigned64: bool,
    /// Whether it is a float of 32 bits.
    is_single: bool,
    /// What a callback is given for it.
    passed: Passed,
    /// What it is made of: of a map first the keys.
    elements: Vec<Tree>,
    /// Whether it is a dict or a set of Python's own.
    is_own: bool,
    /// Of an array.
    len: u64,
    streams: Vec<&'static str>,
}

impl Types<'_> {
    /// The type as it crosses.
    pub(super) fn tree(&self, ty: &Type) -> Tree {
        let kind = Kind::of(ty);
        let (least, most) = limits(kind);
        let is_64 = |signed| matches!(kind, Kind::Int(Int { bits: 64, is_signed, .. }) if is_signed == signed);
        Tree {
            kind: self.kind(ty),
            name: self.items.of(ty),
            least,
            most,
            signed64: is_64(true),
            unsigned64: is_64(false),
            is_single: kind == Kind::Float { bits: 32 },
            passed: Passed::of(ty),
            elements: kind.elements().into_iter().map(|item| self.tree(item)).collect(),
            is_own: kind.elements().first().is_some_and(|key| KEYS.has(key, &self.defs)),
            len: if let Kind::Array(_, len) = kind { len } else { 0 },
            streams: letters(&self.reached_by(ty)),
        }
    }

    fn kind(&self, ty: &Type) -> &'static str {
        Kind::of(ty).label(&self.defs)
    }

    /// A type with code of its own.
    pub(super) fn item(&self, item: &ModelItem<'_>) -> Item {
        let ty = item.ty();
        let Tree { elements, is_own, len, .. } = self.tree(&ty);
        let mut made = Item {
            name: self.items.of(&ty),
            kind: self.kind(&ty),
            is_failure: item.def().is_some_and(|def| self.is_failure(&def.name)),
            class: None,
            docs: Vec::new(),
            fields: Vec::new(),
            variants: Vec::new(),
            data_variants: Vec::new(),
            elements,
            is_own,
            len,
            streams: letters(&self.reached_by(&ty)),
            typed: typed(&self.reached_by(&ty)),
        };
        match item {
            ModelItem::Record(def, fields) => {
                made.class = Some(self.classes[def.name.as_str()].clone());
                made.docs = docstring(&def.docs, "A record.");
                made.fields = self.fields(fields);
            }
            ModelItem::Enumeration(def, variants) => {
                made.class = Some(self.classes[def.name.as_str()].clone());
                made.docs = docstring(&def.docs, "An enumeration.");
                made.variants = variants_of(variants);
            }
            ModelItem::DataEnum(def, variants) => {
                made.class = Some(self.classes[def.name.as_str()].clone());
                made.docs = docstring(&def.docs, "An enum whose variants hold values.");
                made.data_variants = self.data_variants(def, variants);
            }
            ModelItem::Tuple(_)
            | ModelItem::Array(..)
            | ModelItem::Map(..)
            | ModelItem::Entry(..)
            | ModelItem::Set(_) => {}
            ModelItem::List(_) | ModelItem::Option(_) | ModelItem::Boxed(_) => {}
        }
        made
    }

    fn data_variants(&self, def: &TypeDef, variants: &[SchemaDataVariant]) -> Vec<DataVariant> {
        let variant = |(tag, (variant, class)): (usize, (&SchemaDataVariant, &String))| DataVariant {
            class: class.clone(),
            key: variant.name.clone(),
            docs: docstring(&variant.docs, &format!("The variant `{}` of `{}`.", variant.name, def.name)),
            tag,
            payload: variant.payload,
            fields: match variant.payload {
                Payload::Unit | Payload::Fields => self.fields(&variant.fields),
                Payload::Value => variant.fields.iter().map(|it| self.field(it, "value".to_owned())).collect(),
                Payload::Tuple => self.elements(&variant.fields),
            },
        };
        variants.iter().zip(self.variants_of(&def.name)).enumerate().map(variant).collect()
    }

    /// Fields without names.
    fn elements(&self, fields: &[SchemaField]) -> Vec<Field> {
        fields.iter().enumerate().map(|(place, field)| self.field(field, format!("field{place}"))).collect()
    }

    fn fields(&self, fields: &[SchemaField]) -> Vec<Field> {
        let authors = fields.iter().map(|field| field.name.as_str());
        let mut scope = Scope::new(STYLE).beside(FIELDS).among(authors);
        fields.iter().map(|field| self.field(field, scope.claim(&field.name, &snake(&field.name)))).collect()
    }

    fn field(&self, field: &SchemaField, name: String) -> Field {
        Field {
            name,
            key: field.name.clone(),
            is_optional: is_optional(&field.ty),
            docs: docstring(&field.docs, ""),
            annotation: self.annotation(&field.ty, ""),
            ty: self.tree(&field.ty),
        }
    }
}

/// The least and the greatest value of an integer, which the templates ask of one alone.
fn limits(kind: Kind<'_>) -> (String, String) {
    match kind {
        Kind::Wide { is_signed: true } => (i128::MIN.to_string(), i128::MAX.to_string()),
        Kind::Wide { is_signed: false } => (u128::MIN.to_string(), u128::MAX.to_string()),
        Kind::Int(int) => (int.limits().start().to_string(), int.limits().end().to_string()),
        Kind::Float { .. } | Kind::Bool | Kind::Char | Kind::Text | Kind::Bytes => Default::default(),
        Kind::Duration | Kind::Time | Kind::Formatted(_) => Default::default(),
        Kind::List(_) | Kind::Option(_) | Kind::Boxed(_) | Kind::Tuple(_) => Default::default(),
        Kind::Array(..) | Kind::Map(..) | Kind::Set(_) | Kind::Named(_) => Default::default(),
    }
}

fn variants_of(variants: &[SchemaVariant]) -> Vec<Variant> {
    let mut scope = Scope::new(STYLE).among(variants.iter().map(|variant| variant.name.as_str()));
    let variant = |variant: &SchemaVariant| Variant {
        name: scope.claim(&variant.name, &shouted(&variant.name)),
        key: variant.name.clone(),
        docs: docstring(&variant.docs, ""),
        value: variant.value,
    };
    variants.iter().map(variant).collect()
}
