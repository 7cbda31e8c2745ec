//! Types: how Python spells them, and how their values cross.

use super::docs::docstring;
use super::names::{STYLE, shouted, snake};
use crate::Error;
use crate::abi::{Passed, Speller};
use crate::model::scope::Scope;
use crate::model::{Defs, Int, Item as ModelItem, Kind, Model, Spell, is_optional, item_name, named};
use ffi_runtime::schema::{Field as SchemaField, Shape, Type, TypeDef, Variant as SchemaVariant};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};

/// The streams that values are put into, each a letter.
const STREAMS: [(&str, &str); 4] =
    [("i", "i: list[int]"), ("f", "f: list[float]"), ("t", "t: list[str]"), ("b", "b: list[bytes]")];

const INTS: usize = 0;
const FLOATS: usize = 1;
const TEXTS: usize = 2;
const BLOBS: usize = 3;

/// Names that mean something in the body of a class of values.
const FIELDS: &[&str] = &["typing", "builtins"];

/// What the types of one library are called and made of.
pub(super) struct Types<'a> {
    defs: Defs<'a>,
    /// The class of each record and enumeration.
    classes: HashMap<&'a str, String>,
    /// The streams that each record's values need.
    reached: HashMap<&'a str, BTreeSet<usize>>,
    /// Stands before the names of Python's own types: members of a class may bear them too.
    builtin: &'static str,
    /// Spells the C types.
    pub(super) c: Speller<'a>,
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
    /// Whether it is a float of 32 bits.
    is_single: bool,
    /// What a callback is given for it.
    passed: Passed,
    element: Option<Box<Tree>>,
    streams: Vec<&'static str>,
}

impl<'a> Types<'a> {
    /// Gives every record and enumeration a class in `scope`.
    pub(super) fn new(model: &Model<'a>, scope: &mut Scope<'_>, builtin: &'static str) -> Result<Self, Error> {
        let c = Speller { lib: &model.library.name };
        let mut types = Self { defs: model.defs.clone(), classes: HashMap::new(), reached: HashMap::new(), builtin, c };
        for def in &model.library.types {
            let class = scope.claim(&def.name, &format!("the type {}", def.path))?;
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
        Streams(self).spell(ty)
    }

    /// The type in an annotation, classes being found behind `prefix`.
    pub(super) fn annotation(&self, ty: &Type, prefix: &str) -> String {
        Annotation { types: self, prefix }.spell(ty)
    }

    /// The type as it crosses.
    pub(super) fn tree(&self, ty: &Type) -> Tree {
        let kind = Kind::of(ty);
        // The templates ask an integer alone.
        let (least, most) = kind.limits().unwrap_or(0..=0).into_inner();
        let is_64 = |signed| matches!(kind, Kind::Int(Int { bits: 64, is_signed, .. }) if is_signed == signed);
        Tree {
            kind: self.kind(ty),
            name: item_name(ty),
            least: least.to_string(),
            most: most.to_string(),
            signed64: is_64(true),
            unsigned64: is_64(false),
            is_single: kind == Kind::Float { bits: 32 },
            passed: Passed::of(ty),
            element: kind.element().map(|item| Box::new(self.tree(item))),
            streams: letters(&self.reached_by(ty)),
        }
    }

    fn kind(&self, ty: &Type) -> &'static str {
        Kind::of(ty).label(&self.defs)
    }

    /// A type with code of its own.
    pub(super) fn item(&self, item: &ModelItem<'_>) -> Result<Item, Error> {
        let ty = item.ty();
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
        let mut scope = Scope::new(STYLE).beside(FIELDS).of(format!("the type {}", def.path));
        let field = |field: &SchemaField| {
            let is_option = is_optional(&field.ty);
            let key = &field.name;
            Ok(Field {
                name: scope.claim(&snake(key), &format!("`{key}`"))?,
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

/// Finds the streams that a value needs.
struct Streams<'t, 'a>(&'t Types<'a>);

impl<'s> Spell<'s> for Streams<'_, '_> {
    type Spelled = BTreeSet<usize>;

    fn int(&self, _int: Int) -> Self::Spelled {
        BTreeSet::from([INTS])
    }

    fn float(&self, _bits: u32) -> Self::Spelled {
        BTreeSet::from([FLOATS])
    }

    fn bool(&self) -> Self::Spelled {
        BTreeSet::from([INTS])
    }

    fn char(&self) -> Self::Spelled {
        BTreeSet::from([INTS])
    }

    fn text(&self) -> Self::Spelled {
        BTreeSet::from([TEXTS])
    }

    fn bytes(&self) -> Self::Spelled {
        BTreeSet::from([INTS, BLOBS])
    }

    fn list(&self, item: &'s Type) -> Self::Spelled {
        &self.spell(item) | &BTreeSet::from([INTS])
    }

    fn option(&self, item: &'s Type) -> Self::Spelled {
        self.list(item)
    }

    fn boxed(&self, item: &'s Type) -> Self::Spelled {
        self.spell(item)
    }

    fn named(&self, name: &'s str) -> Self::Spelled {
        match &self.0.defs[name].shape {
            Shape::Enumeration { .. } => BTreeSet::from([INTS]),
            Shape::Record { .. } => self.0.reached.get(name).cloned().unwrap_or_default(),
        }
    }
}

/// Spells a type in an annotation.
struct Annotation<'t, 'a> {
    types: &'t Types<'a>,
    /// Stands before classes.
    prefix: &'t str,
}

impl Annotation<'_, '_> {
    fn builtin(&self, name: &str) -> String {
        format!("{}{name}", self.types.builtin)
    }
}

impl<'s> Spell<'s> for Annotation<'_, '_> {
    type Spelled = String;

    fn int(&self, _int: Int) -> String {
        self.builtin("int")
    }

    fn float(&self, _bits: u32) -> String {
        self.builtin("float")
    }

    fn bool(&self) -> String {
        self.builtin("bool")
    }

    fn char(&self) -> String {
        self.builtin("str")
    }

    fn text(&self) -> String {
        self.builtin("str")
    }

    fn bytes(&self) -> String {
        self.builtin("bytes")
    }

    fn list(&self, item: &'s Type) -> String {
        self.builtin(&format!("list[{}]", self.spell(item)))
    }

    fn option(&self, item: &'s Type) -> String {
        format!("typing.Optional[{}]", self.spell(item))
    }

    fn boxed(&self, item: &'s Type) -> String {
        self.spell(item)
    }

    fn named(&self, name: &'s str) -> String {
        format!("{}{}", self.prefix, self.types.classes[name])
    }
}

fn fields_of(def: &TypeDef) -> &[SchemaField] {
    match &def.shape {
        Shape::Record { fields } => fields,
        Shape::Enumeration { .. } => &[],
    }
}

fn variants_of(def: &TypeDef, variants: &[SchemaVariant]) -> Result<Vec<Variant>, Error> {
    let mut scope = Scope::new(STYLE).of(format!("the type {}", def.path));
    let variant = |variant: &SchemaVariant| {
        Ok(Variant {
            name: scope.claim(&shouted(&variant.name), &format!("`{}`", variant.name))?,
            key: variant.name.clone(),
            docs: docstring(&variant.docs, ""),
            value: variant.value,
        })
    };
    variants.iter().map(variant).collect()
}

/// The streams' letters.
pub(super) fn letters(streams: &BTreeSet<usize>) -> Vec<&'static str> {
    streams.iter().map(|&stream| STREAMS[stream].0).collect()
}

/// The streams as parameters.
pub(super) fn typed(streams: &BTreeSet<usize>) -> Vec<&'static str> {
    streams.iter().map(|&stream| STREAMS[stream].1).collect()
}
