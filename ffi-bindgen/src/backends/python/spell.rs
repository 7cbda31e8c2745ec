//! Spells types in annotations, and finds the streams that carry their values.

use super::names::camel;
use crate::abi::Speller;
use crate::model::scope::Scope;
use crate::model::{Defs, Form, Format, Int, Keys, Kind, Model, Spell, TypeNames, name_of, named};
use ffi_runtime::schema::{DataVariant, Shape, Type, TypeDef};
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

/// What the module of the types imports beside: what makes classes.
pub(super) const OF_CLASSES: &[&str] = &["dataclasses", "enum"];

/// The keys of dicts and sets: what has a hash. Of durations and times two might be one, since they are cut, and
/// of paths too: a `Path` of `./a` is that of `a`.
pub(super) const KEYS: Keys =
    Keys { wide: true, bytes: true, durations: false, times: false, paths: false, tuples: true, arrays: false };

/// What the types of one library are called and made of.
pub(super) struct Types<'a> {
    pub(super) defs: Defs<'a>,
    /// What types are called as parts of other names.
    pub(super) items: &'a TypeNames,
    /// The class of each record and enumeration, and the union of each enum with data.
    pub(super) classes: HashMap<&'a str, String>,
    /// The classes of the variants of each enum with data.
    variants: HashMap<&'a str, Vec<String>>,
    /// The class of what is raised for each record that comes with `RET_FAILURE`.
    raised: HashMap<&'a str, String>,
    /// The classes of what is raised for the variants, where the error in that record is an enum with data.
    raised_for: HashMap<&'a str, Vec<String>>,
    /// The streams that the values of each record and of each enum with data need.
    reached: HashMap<&'a str, BTreeSet<usize>>,
    /// Stands before the names of Python's own types: members of a class may bear them too.
    builtin: &'static str,
    /// Spells the C types.
    pub(super) c: Speller<'a>,
}

impl<'a> Types<'a> {
    /// Gives every described type its classes in `scope`, those of variants last: no other has to make way for them.
    pub(super) fn new(model: &'a Model<'a>, c: Speller<'a>, scope: &mut Scope<'_>, builtin: &'static str) -> Self {
        let (defs, items) = (model.defs.clone(), &model.names);
        let (classes, variants, reached) = (HashMap::new(), HashMap::new(), HashMap::new());
        let (raised, raised_for) = (HashMap::new(), HashMap::new());
        let mut types = Self { defs, items, classes, variants, raised, raised_for, reached, builtin, c };
        for def in &model.library.types {
            types.classes.insert(&def.name, scope.claim(&def.name, &class_of(&def.name)));
        }
        for failure in model.failures() {
            let class = scope.claim("", &format!("{}Failure", types.classes[failure.error_name]));
            types.raised.insert(failure.name, class);
        }
        for def in &model.library.types {
            let variants = variants_of(def).iter();
            let class = |variant: &DataVariant| format!("{}{}", types.classes[&*def.name], camel(&variant.name));
            let classes = variants.map(|variant| scope.claim("", &class(variant))).collect();
            types.variants.insert(&def.name, classes);
        }
        for failure in model.failures() {
            let variants = types.variants_of(failure.error_name).iter();
            let classes = variants.map(|class| scope.claim("", &format!("{class}Failure"))).collect();
            types.raised_for.insert(failure.name, classes);
        }
        types.reach(model);
        types
    }

    /// The class of what is raised for a record that comes with `RET_FAILURE`.
    pub(super) fn raised(&self, failure: &Type) -> &str {
        &self.raised[name_of(failure).unwrap_or_default()]
    }

    /// The classes of what is raised for the variants of the error in such a record: none where that is no enum with
    /// data.
    pub(super) fn raised_for(&self, failure: &Type) -> &[String] {
        &self.raised_for[name_of(failure).unwrap_or_default()]
    }

    /// The classes of the variants of an enum with data.
    pub(super) fn variants_of(&self, name: &str) -> &[String] {
        &self.variants[name]
    }

    /// Whether the type of this name comes with `RET_FAILURE`.
    pub(super) fn is_failure(&self, name: &str) -> bool {
        self.raised.contains_key(name)
    }

    /// Finds the streams of every record and of every enum with data. One may hold itself: it is looked at again as
    /// often as what it holds has changed.
    fn reach(&mut self, model: &Model<'a>) {
        let mut users: HashMap<&str, Vec<&'a TypeDef>> = HashMap::new();
        let mut left: Vec<&'a TypeDef> = model.library.types.iter().collect();
        for def in &left {
            for name in def.shape.fields().flat_map(|field| named(&field.ty)) {
                let users = users.entry(name).or_default();
                if users.last().is_none_or(|user| user.name != def.name) {
                    users.push(def);
                }
            }
        }
        while let Some(def) = left.pop() {
            let of_fields = def.shape.fields().flat_map(|field| self.reached_by(&field.ty));
            let reached: BTreeSet<usize> = of_fields.chain(tag_of(def)).collect();
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

    /// The type of a parameter, in the package's own code: of a path and an address all that is taken for one.
    pub(super) fn taken(&self, ty: &Type) -> String {
        let annotation = Annotation { types: self, prefix: "_types." };
        match Kind::of(ty) {
            Kind::Formatted(Format::Path) => "_standard.AnyPath".to_owned(),
            Kind::Formatted(Format::IpAddr) => "_standard.AnyAddress".to_owned(),
            Kind::Option(item) => optional(&self.taken(item)),
            Kind::Boxed(item) => self.taken(item),
            Kind::Int(_) | Kind::Float { .. } | Kind::Bool | Kind::Char | Kind::Text | Kind::Bytes | Kind::List(_) => {
                annotation.spell(ty)
            }
            Kind::Wide { .. } | Kind::Duration | Kind::Time | Kind::Formatted(Format::SocketAddr) => {
                annotation.spell(ty)
            }
            Kind::Tuple(_) | Kind::Array(..) | Kind::Map(..) | Kind::Set(_) | Kind::Named(_) => annotation.spell(ty),
        }
    }
}

/// The name of a type's class: as it stands, unless Python keeps such names for itself.
fn class_of(name: &str) -> String {
    if name.starts_with("__") { format!("_{}", name.trim_matches('_')) } else { name.to_owned() }
}

/// The variants, where it is an enum with data.
fn variants_of(def: &TypeDef) -> &[DataVariant] {
    match &def.shape {
        Shape::DataEnum { variants } => variants,
        Shape::Record { .. } | Shape::Enumeration { .. } => &[],
    }
}

/// The stream of its tag, where it has one.
fn tag_of(def: &TypeDef) -> Option<usize> {
    match &def.shape {
        Shape::Enumeration { .. } | Shape::DataEnum { .. } => Some(INTS),
        Shape::Record { .. } => None,
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

    fn wide(&self, _is_signed: bool) -> Self::Formed {
        BTreeSet::from([INTS])
    }

    fn duration(&self) -> Self::Formed {
        BTreeSet::from([INTS])
    }

    fn time(&self) -> Self::Formed {
        BTreeSet::from([INTS])
    }

    fn tuple(&self, items: &'s [Type]) -> Self::Formed {
        items.iter().flat_map(|item| self.form(item)).collect()
    }

    fn array(&self, item: &'s Type, _len: u64) -> Self::Formed {
        if *item == Type::U8 { self.bytes() } else { self.list(item) }
    }

    fn map(&self, key: &'s Type, value: &'s Type) -> Self::Formed {
        &self.list(key) | &self.form(value)
    }

    fn set(&self, item: &'s Type) -> Self::Formed {
        self.list(item)
    }

    fn named(&self, name: &'s str) -> Self::Formed {
        self.0.reached.get(name).cloned().unwrap_or_else(|| tag_of(self.0.defs[name]).into_iter().collect())
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
        optional(&self.spell(item))
    }

    fn boxed(&self, item: &'s Type) -> String {
        self.spell(item)
    }

    fn wide(&self, _is_signed: bool) -> String {
        self.builtin("int")
    }

    fn duration(&self) -> String {
        "datetime.timedelta".to_owned()
    }

    fn time(&self) -> String {
        "datetime.datetime".to_owned()
    }

    fn formatted(&self, format: Format) -> String {
        match format {
            Format::Path => "pathlib.Path".to_owned(),
            Format::IpAddr => "typing.Union[ipaddress.IPv4Address, ipaddress.IPv6Address]".to_owned(),
            Format::SocketAddr => self.text(),
        }
    }

    fn tuple(&self, items: &'s [Type]) -> String {
        let items: Vec<_> = items.iter().map(|item| self.spell(item)).collect();
        self.builtin(&format!("tuple[{}]", items.join(", ")))
    }

    fn array(&self, item: &'s Type, _len: u64) -> String {
        if *item == Type::U8 { self.bytes() } else { self.list(item) }
    }

    fn map(&self, key: &'s Type, value: &'s Type) -> String {
        let (spelled, held) = (self.spell(key), self.spell(value));
        if KEYS.has(key, &self.types.defs) {
            return self.builtin(&format!("dict[{spelled}, {held}]"));
        }
        self.builtin(&format!("list[{}]", self.builtin(&format!("tuple[{spelled}, {held}]"))))
    }

    fn set(&self, item: &'s Type) -> String {
        let spelled = self.spell(item);
        let is_simple = KEYS.has(item, &self.types.defs);
        self.builtin(&format!("{}[{spelled}]", if is_simple { "set" } else { "list" }))
    }

    fn named(&self, name: &'s str) -> String {
        format!("{}{}", self.prefix, self.types.classes[name])
    }
}

fn optional(annotation: &str) -> String {
    format!("typing.Optional[{annotation}]")
}

/// The streams' letters.
pub(super) fn letters(streams: &BTreeSet<usize>) -> Vec<&'static str> {
    streams.iter().map(|&stream| STREAMS[stream].0).collect()
}

/// The streams as parameters.
pub(super) fn typed(streams: &BTreeSet<usize>) -> Vec<&'static str> {
    streams.iter().map(|&stream| STREAMS[stream].1).collect()
}
