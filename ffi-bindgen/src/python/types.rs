//! Types: how Python spells them, and how their values cross.

use super::docs::docstring;
use super::names::{Scope, shouted, snake};
use crate::Error;
use crate::model::{Int, Item as ModelItem, Kind, Model, item_name, named};
use ffi_runtime::schema::{Field as SchemaField, Shape, Type, TypeDef, Variant as SchemaVariant};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};

/// The streams that values are put into, each a letter.
const STREAMS: [(&str, &str); 4] =
    [("i", "i: list[int]"), ("f", "f: list[float]"), ("t", "t: list[str]"), ("b", "b: list[bytes]")];

/// Names that mean something in the body of a class of values.
const FIELDS: &[&str] = &["typing", "builtins"];

/// What the types of one library are called and made of.
pub(super) struct Types<'a> {
    defs: HashMap<&'a str, &'a TypeDef>,
    /// The class of each record and enumeration.
    classes: HashMap<&'a str, String>,
    /// The streams that each record's values need.
    reached: HashMap<&'a str, BTreeSet<usize>>,
    /// Stands before the names of Python's own types: members of a class may bear them too.
    builtin: &'static str,
}

/// A type that has code of its own.
#[derive(Serialize)]
pub(super) struct Item {
    /// The name in the code.
    name: String,
    kind: &'static str,
    /// The class, where it is one.
    class: Option<String>,
    docs: Vec<String>,
    fields: Vec<Field>,
    variants: Vec<Variant>,
    element: Option<Tree>,
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
    /// How it is taken from what stands on the wire.
    got: String,
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
    element: Option<Box<Tree>>,
    streams: Vec<&'static str>,
}

impl<'a> Types<'a> {
    /// Gives every record and enumeration a class in `scope`.
    pub(super) fn new(model: &Model<'a>, scope: &mut Scope<'_>, builtin: &'static str) -> Result<Self, Error> {
        let mut types = Self { defs: HashMap::new(), classes: HashMap::new(), reached: HashMap::new(), builtin };
        for def in &model.library.types {
            types.defs.insert(&def.name, def);
            let class = scope.add(&def.name, &format!("the type {}", def.path))?;
            types.classes.insert(&def.name, class);
        }
        types.reach(model);
        Ok(types)
    }

    /// Finds the streams of every record. A record may hold itself: it is looked at again as often as what it holds
    /// has changed.
    fn reach(&mut self, model: &Model<'a>) {
        let mut users: HashMap<&str, Vec<&'a TypeDef>> = HashMap::new();
        let mut left: Vec<&'a TypeDef> = model.library.types.iter().collect();
        for def in &left {
            for name in fields_of(def).iter().filter_map(|field| named(&field.ty)) {
                users.entry(name).or_default().push(def);
            }
        }
        while let Some(def) = left.pop() {
            let reached: BTreeSet<usize> = fields_of(def).iter().flat_map(|field| self.reached_by(&field.ty)).collect();
            if self.reached.get(&*def.name) != Some(&reached) {
                self.reached.insert(&def.name, reached);
                left.extend(users.get(&*def.name).into_iter().flatten());
            }
        }
    }

    /// The streams that a value of this type needs, in their order.
    pub(super) fn reached_by(&self, ty: &Type) -> BTreeSet<usize> {
        match Kind::of(ty) {
            Kind::Int(_) | Kind::Bool | Kind::Char => BTreeSet::from([0]),
            Kind::Float { .. } => BTreeSet::from([1]),
            Kind::Text => BTreeSet::from([2]),
            Kind::Bytes => BTreeSet::from([0, 3]),
            Kind::List(item) | Kind::Option(item) => &self.reached_by(item) | &BTreeSet::from([0]),
            Kind::Boxed(item) => self.reached_by(item),
            Kind::Named(name) => match &self.defs[name].shape {
                Shape::Enumeration { .. } => BTreeSet::from([0]),
                Shape::Record { .. } => self.reached.get(name).cloned().unwrap_or_default(),
            },
        }
    }

    /// The type in an annotation, classes being found behind `prefix`.
    pub(super) fn annotation(&self, ty: &Type, prefix: &str) -> String {
        let builtin = self.builtin;
        match Kind::of(ty) {
            Kind::Int(_) => format!("{builtin}int"),
            Kind::Float { .. } => format!("{builtin}float"),
            Kind::Bool => format!("{builtin}bool"),
            Kind::Text | Kind::Char => format!("{builtin}str"),
            Kind::Bytes => format!("{builtin}bytes"),
            Kind::List(item) => format!("{builtin}list[{}]", self.annotation(item, prefix)),
            Kind::Option(item) => format!("typing.Optional[{}]", self.annotation(item, prefix)),
            Kind::Boxed(item) => self.annotation(item, prefix),
            Kind::Named(name) => format!("{prefix}{}", self.classes[name]),
        }
    }

    /// The type as it crosses.
    pub(super) fn tree(&self, ty: &Type) -> Tree {
        let kind = Kind::of(ty);
        // The templates ask an integer alone.
        let (least, most) = kind.limits().unwrap_or(0..=0).into_inner();
        let is_64 = |is_signed| kind == Kind::Int(Int { bits: 64, is_signed });
        Tree {
            kind: self.kind(ty),
            name: item_name(ty),
            least: least.to_string(),
            most: most.to_string(),
            signed64: is_64(true),
            unsigned64: is_64(false),
            element: kind.element().map(|item| Box::new(self.tree(item))),
            streams: letters(&self.reached_by(ty)),
        }
    }

    fn kind(&self, ty: &Type) -> &'static str {
        match Kind::of(ty) {
            Kind::Int(_) => "int",
            Kind::Float { bits: 32 } => "f32",
            Kind::Float { .. } => "f64",
            Kind::Bool => "bool",
            Kind::Char => "char",
            Kind::Text => "string",
            Kind::Bytes => "bytes",
            Kind::List(_) => "list",
            Kind::Option(_) => "option",
            Kind::Boxed(_) => "box",
            Kind::Named(name) => match &self.defs[name].shape {
                Shape::Record { .. } => "record",
                Shape::Enumeration { .. } => "enumeration",
            },
        }
    }

    /// A type with code of its own.
    pub(super) fn item(&self, item: &ModelItem<'_>) -> Result<Item, Error> {
        let ty = type_of(item);
        let mut made = Item {
            name: item.name(),
            kind: self.kind(&ty),
            class: None,
            docs: Vec::new(),
            fields: Vec::new(),
            variants: Vec::new(),
            element: self.tree(&ty).element.map(|element| *element),
            streams: letters(&self.reached_by(&ty)),
            typed: typed(&self.reached_by(&ty)),
        };
        match item {
            ModelItem::Record(def, fields) => {
                made.class = Some(self.classes[def.name.as_str()].clone());
                made.docs = docstring(&def.docs, "A record.");
                made.fields = self.fields(def, fields)?;
            }
            ModelItem::Enumeration(def, variants) => {
                made.class = Some(self.classes[def.name.as_str()].clone());
                made.docs = docstring(&def.docs, "An enumeration.");
                made.variants = variants_of(def, variants)?;
            }
            ModelItem::List(_) | ModelItem::Option(_) | ModelItem::Boxed(_) => {}
        }
        Ok(made)
    }

    fn fields(&self, def: &TypeDef, fields: &[SchemaField]) -> Result<Vec<Field>, Error> {
        let mut scope = Scope::new(format!("the type {}", def.path), FIELDS);
        let field = |field: &SchemaField| {
            let is_option = matches!(field.ty, Type::Option(_));
            let key = &field.name;
            Ok(Field {
                name: scope.add(&snake(key), &format!("`{key}`"))?,
                key: key.clone(),
                got: if is_option { format!(".get(\"{key}\")") } else { format!("[\"{key}\"]") },
                docs: docstring(&field.docs, ""),
                annotation: self.annotation(&field.ty, ""),
                ty: self.tree(&field.ty),
            })
        };
        fields.iter().map(field).collect()
    }
}

fn fields_of(def: &TypeDef) -> &[SchemaField] {
    match &def.shape {
        Shape::Record { fields } => fields,
        Shape::Enumeration { .. } => &[],
    }
}

fn variants_of(def: &TypeDef, variants: &[SchemaVariant]) -> Result<Vec<Variant>, Error> {
    let mut scope = Scope::new(format!("the type {}", def.path), &[]);
    let variant = |variant: &SchemaVariant| {
        Ok(Variant {
            name: scope.add(&shouted(&variant.name), &format!("`{}`", variant.name))?,
            key: variant.name.clone(),
            docs: docstring(&variant.docs, ""),
            value: variant.value,
        })
    };
    variants.iter().map(variant).collect()
}

fn type_of(item: &ModelItem<'_>) -> Type {
    match item {
        ModelItem::Record(def, _) | ModelItem::Enumeration(def, _) => Type::Named(def.name.clone()),
        ModelItem::List(ty) => Type::List(Box::new((*ty).clone())),
        ModelItem::Option(ty) => Type::Option(Box::new((*ty).clone())),
        ModelItem::Boxed(ty) => Type::Boxed(Box::new((*ty).clone())),
    }
}

/// The streams' letters.
pub(super) fn letters(streams: &BTreeSet<usize>) -> Vec<&'static str> {
    streams.iter().map(|&stream| STREAMS[stream].0).collect()
}

/// The streams as parameters.
pub(super) fn typed(streams: &BTreeSet<usize>) -> Vec<&'static str> {
    streams.iter().map(|&stream| STREAMS[stream].1).collect()
}
