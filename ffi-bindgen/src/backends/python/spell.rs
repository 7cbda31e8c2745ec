//! Spells types in annotations, and finds the streams that carry their values.

use crate::abi::Speller;
use crate::model::scope::Scope;
use crate::model::{Defs, Form, Int, Model, Spell, TypeNames, named};
use ffi_runtime::schema::{Field, Shape, Type, TypeDef};
use std::collections::{BTreeSet, HashMap};

/// The streams that values are put into, each a letter.
const STREAMS: [(&str, &str); 4] =
    [("i", "i: list[int]"), ("f", "f: list[float]"), ("t", "t: list[str]"), ("b", "b: list[bytes]")];

const INTS: usize = 0;
const FLOATS: usize = 1;
const TEXTS: usize = 2;
const BLOBS: usize = 3;

/// What annotations mention.
pub(super) const MODULES: &[&str] = &["builtins", "typing"];

/// What the module of the types imports: what annotations mention, and what makes classes.
pub(super) const TYPE_MODULES: &[&str] = &["builtins", "dataclasses", "enum", "typing"];

/// What the types of one library are called and made of.
pub(super) struct Types<'a> {
    pub(super) defs: Defs<'a>,
    /// What types are called as parts of other names.
    pub(super) items: &'a TypeNames,
    /// The class of each record and enumeration.
    pub(super) classes: HashMap<&'a str, String>,
    /// The class of what is raised for each record that comes with `RET_FAILURE`.
    raised: HashMap<&'a str, String>,
    /// The streams that each record's values need.
    reached: HashMap<&'a str, BTreeSet<usize>>,
    /// Stands before the names of Python's own types: members of a class may bear them too.
    builtin: &'static str,
    /// Spells the C types.
    pub(super) c: Speller<'a>,
}

impl<'a> Types<'a> {
    /// Gives every record and enumeration a class in `scope`.
    pub(super) fn new(model: &'a Model<'a>, c: Speller<'a>, scope: &mut Scope<'_>, builtin: &'static str) -> Self {
        let (defs, items) = (model.defs.clone(), &model.names);
        let (classes, raised, reached) = (HashMap::new(), HashMap::new(), HashMap::new());
        let mut types = Self { defs, items, classes, raised, reached, builtin, c };
        for def in &model.library.types {
            types.classes.insert(&def.name, scope.claim(&def.name, &class_of(&def.name)));
        }
        for failure in model.failures() {
            let class = scope.claim("", &format!("{}Failure", types.classes[failure.error_name]));
            types.raised.insert(failure.name, class);
        }
        types.reach(model);
        types
    }

    /// The class of what is raised for a record that comes with `RET_FAILURE`.
    pub(super) fn raised(&self, failure: &Type) -> &str {
        &self.raised[named(failure).unwrap_or_default()]
    }

    /// Whether the type of this name comes with `RET_FAILURE`.
    pub(super) fn is_failure(&self, name: &str) -> bool {
        self.raised.contains_key(name)
    }

    /// Finds the streams of every record. A record may hold itself: it is looked at again as often as what it holds
    /// has changed.
    fn reach(&mut self, model: &Model<'a>) {
        let mut users: HashMap<&str, Vec<&'a TypeDef>> = HashMap::new();
        let mut left: Vec<&'a TypeDef> = model.library.types.iter().collect();
        for def in &left {
            for name in fields_of(def).iter().filter_map(|field| named(&field.ty)) {
                let users = users.entry(name).or_default();
                if users.last().is_none_or(|user| user.name != def.name) {
                    users.push(def);
                }
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
        Streams(self).form(ty)
    }

    /// The type in an annotation, classes being found behind `prefix`.
    pub(super) fn annotation(&self, ty: &Type, prefix: &str) -> String {
        Annotation { types: self, prefix }.spell(ty)
    }
}

/// The name of a type's class: as it stands, unless Python keeps such names for itself.
fn class_of(name: &str) -> String {
    if name.starts_with("__") { format!("_{}", name.trim_matches('_')) } else { name.to_owned() }
}

fn fields_of(def: &TypeDef) -> &[Field] {
    match &def.shape {
        Shape::Record { fields } => fields,
        Shape::Enumeration { .. } => &[],
    }
}

/// Finds the streams that a value needs.
struct Streams<'t, 'a>(&'t Types<'a>);

impl<'s> Form<'s> for Streams<'_, '_> {
    type Formed = BTreeSet<usize>;

    fn int(&self, _int: Int) -> Self::Formed {
        BTreeSet::from([INTS])
    }

    fn float(&self, _bits: u32) -> Self::Formed {
        BTreeSet::from([FLOATS])
    }

    fn bool(&self) -> Self::Formed {
        BTreeSet::from([INTS])
    }

    fn char(&self) -> Self::Formed {
        BTreeSet::from([INTS])
    }

    fn text(&self) -> Self::Formed {
        BTreeSet::from([TEXTS])
    }

    fn bytes(&self) -> Self::Formed {
        BTreeSet::from([INTS, BLOBS])
    }

    fn list(&self, item: &'s Type) -> Self::Formed {
        &self.form(item) | &BTreeSet::from([INTS])
    }

    fn option(&self, item: &'s Type) -> Self::Formed {
        self.list(item)
    }

    fn boxed(&self, item: &'s Type) -> Self::Formed {
        self.form(item)
    }

    fn named(&self, name: &'s str) -> Self::Formed {
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

/// The streams' letters.
pub(super) fn letters(streams: &BTreeSet<usize>) -> Vec<&'static str> {
    streams.iter().map(|&stream| STREAMS[stream].0).collect()
}

/// The streams as parameters.
pub(super) fn typed(streams: &BTreeSet<usize>) -> Vec<&'static str> {
    streams.iter().map(|&stream| STREAMS[stream].1).collect()
}
