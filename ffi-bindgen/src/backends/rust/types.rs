//! Spells types in Rust, owned and borrowed.

use crate::model::{ByPointer, Defs, Format, Int, Keys, Name, Spell};
use ffi_runtime::schema::{Shape, Type, TypeDef};
use std::collections::BTreeMap;

/// The described types, with their names in Rust.
pub(super) struct Types<'a> {
    by_name: BTreeMap<&'a str, (String, &'a Shape)>,
    defs: &'a Defs<'a>,
    by_pointer: &'a ByPointer,
}

impl<'a> Types<'a> {
    pub(super) fn new(
        named: impl IntoIterator<Item = (String, &'a TypeDef)>,
        defs: &'a Defs<'a>,
        by_pointer: &'a ByPointer,
    ) -> Self {
        let by_name = named.into_iter().map(|(name, def)| (def.name.as_str(), (name, &def.shape))).collect();
        Self { by_name, defs, by_pointer }
    }

    /// The name of a described type.
    pub(super) fn name(&self, name: &str) -> &str {
        &self.by_name[name].0
    }

    /// The records and the enums with data.
    pub(super) fn compounds(&self) -> impl Iterator<Item = &'a str> {
        self.by_name.keys().copied().filter(|name| self.is_compound(name))
    }

    /// Whether it is a record.
    pub(super) fn is_record(&self, name: &str) -> bool {
        matches!(self.by_name[name].1, Shape::Record { .. })
    }

    /// Whether it is a record or an enum with data.
    fn is_compound(&self, name: &str) -> bool {
        match self.by_name[name].1 {
            Shape::Record { .. } | Shape::DataEnum { .. } => true,
            Shape::Enumeration { .. } => false,
        }
    }

    /// The types of the fields of a record, or of all variants of an enum with data.
    pub(super) fn fields(&self, name: &str) -> impl Iterator<Item = &'a Type> {
        self.by_name[name].1.fields().map(|field| &field.ty)
    }

    /// The type as its values are owned; before a described type's name stands `module`.
    pub(super) fn owned(&self, ty: &Type, module: &str) -> String {
        Owned { types: self, module, spells: Spells::Values }.spell(ty)
    }

    /// The type as the traits of both paths know what crosses, where its values are owned.
    pub(super) fn shape(&self, ty: &Type) -> String {
        Owned { types: self, module: MODULE, spells: Spells::Shapes }.spell(ty)
    }

    /// The type as a function takes its values: borrowed where they are not a few bytes.
    pub(super) fn borrowed(&self, ty: &Type) -> String {
        Borrowed { types: self, spells: Spells::Values }.spell(ty)
    }

    /// The shape of what [`Types::borrowed`] takes, whose C form an entry point takes: that of a box where it takes the
    /// address of a form that holds a union.
    pub(super) fn lent(&self, ty: &Type) -> String {
        self.entering(ty, Borrowed { types: self, spells: Spells::Shapes }.spell(ty))
    }

    /// The same of what is owned, of the same form.
    pub(super) fn entered(&self, ty: &Type) -> String {
        self.entering(ty, self.shape(ty))
    }

    fn entering(&self, ty: &Type, shape: String) -> String {
        if self.by_pointer.has(ty) { marked("Boxed", &shape) } else { shape }
    }

    /// Whether Rust's own map or set has it as a key.
    fn is_key(&self, ty: &Type) -> bool {
        KEYS.has(ty, self.defs)
    }
}

/// The keys of `BTreeMap` and `BTreeSet`: what has an order.
const KEYS: Keys =
    Keys { wide: true, bytes: true, durations: true, times: true, paths: true, tuples: true, arrays: true };

/// What is spelled of a type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spells {
    /// The type of its values.
    Values,
    /// What the traits of both paths know it as.
    Shapes,
}

impl Spells {
    /// A map or a set that is a list.
    fn listed(self, mark: &str, list: String) -> String {
        if self == Self::Shapes { marked(mark, &list) } else { list }
    }
}

/// A shape that says how values of another type cross.
fn marked(mark: &str, of: &str) -> String {
    format!("crate::runtime::shape::{mark}<{of}>")
}

/// Spells a type as its values are owned, with paths of std where the prelude has not the name.
#[derive(Clone, Copy)]
struct Owned<'t, 'a> {
    types: &'t Types<'a>,
    module: &'t str,
    spells: Spells,
}

impl<'s> Spell<'s> for Owned<'_, '_> {
    type Spelled = String;

    fn int(&self, int: Int) -> String {
        int.name()
    }

    fn float(&self, bits: u32) -> String {
        Name.float(bits)
    }

    fn bool(&self) -> String {
        Name.bool()
    }

    fn char(&self) -> String {
        Name.char()
    }

    fn text(&self) -> String {
        "String".to_owned()
    }

    fn bytes(&self) -> String {
        "Vec<u8>".to_owned()
    }

    fn list(&self, item: &'s Type) -> String {
        format!("Vec<{}>", self.spell(item))
    }

    fn option(&self, item: &'s Type) -> String {
        format!("Option<{}>", self.spell(item))
    }

    fn boxed(&self, item: &'s Type) -> String {
        format!("Box<{}>", self.spell(item))
    }

    fn wide(&self, is_signed: bool) -> String {
        Name.wide(is_signed)
    }

    fn duration(&self) -> String {
        "std::time::Duration".to_owned()
    }

    fn time(&self) -> String {
        "std::time::SystemTime".to_owned()
    }

    fn formatted(&self, format: Format) -> String {
        match format {
            Format::Path => "std::path::PathBuf",
            Format::IpAddr => "std::net::IpAddr",
            Format::SocketAddr => "std::net::SocketAddr",
        }
        .to_owned()
    }

    fn tuple(&self, items: &'s [Type]) -> String {
        let items: Vec<_> = items.iter().map(|item| self.spell(item)).collect();
        if let [only] = &items[..] { format!("({only},)") } else { format!("({})", items.join(", ")) }
    }

    fn array(&self, item: &'s Type, len: u64) -> String {
        format!("[{}; {len}]", self.spell(item))
    }

    fn map(&self, key: &'s Type, value: &'s Type) -> String {
        let is_key = self.types.is_key(key);
        let (key, value) = (self.spell(key), self.spell(value));
        if is_key {
            format!("std::collections::BTreeMap<{key}, {value}>")
        } else {
            self.spells.listed("Entries", format!("Vec<({key}, {value})>"))
        }
    }

    fn set(&self, item: &'s Type) -> String {
        if self.types.is_key(item) {
            format!("std::collections::BTreeSet<{}>", self.spell(item))
        } else {
            self.spells.listed("Distinct", self.list(item))
        }
    }

    fn named(&self, name: &'s str) -> String {
        format!("{}{}", self.module, self.types.name(name))
    }
}

/// Spells a type as a function takes its values.
struct Borrowed<'t, 'a> {
    types: &'t Types<'a>,
    spells: Spells,
}

impl Borrowed<'_, '_> {
    fn owned(&self) -> Owned<'_, '_> {
        Owned { types: self.types, module: MODULE, spells: self.spells }
    }
}

impl<'s> Spell<'s> for Borrowed<'_, '_> {
    type Spelled = String;

    fn int(&self, int: Int) -> String {
        self.owned().int(int)
    }

    fn float(&self, bits: u32) -> String {
        self.owned().float(bits)
    }

    fn bool(&self) -> String {
        self.owned().bool()
    }

    fn char(&self) -> String {
        self.owned().char()
    }

    fn text(&self) -> String {
        "&str".to_owned()
    }

    fn bytes(&self) -> String {
        "&[u8]".to_owned()
    }

    fn list(&self, item: &'s Type) -> String {
        format!("&[{}]", self.owned().spell(item))
    }

    fn option(&self, item: &'s Type) -> String {
        format!("Option<{}>", self.spell(item))
    }

    fn boxed(&self, item: &'s Type) -> String {
        let within = self.spell(item);
        if self.spells == Spells::Shapes { marked("Boxed", &within) } else { within }
    }

    fn wide(&self, is_signed: bool) -> String {
        self.owned().wide(is_signed)
    }

    fn duration(&self) -> String {
        self.owned().duration()
    }

    fn time(&self) -> String {
        self.owned().time()
    }

    fn formatted(&self, format: Format) -> String {
        match format {
            Format::Path => "&std::path::Path".to_owned(),
            Format::IpAddr | Format::SocketAddr => self.owned().formatted(format),
        }
    }

    fn tuple(&self, items: &'s [Type]) -> String {
        format!("&{}", self.owned().tuple(items))
    }

    fn array(&self, item: &'s Type, len: u64) -> String {
        format!("&{}", self.owned().array(item, len))
    }

    fn map(&self, key: &'s Type, value: &'s Type) -> String {
        if self.types.is_key(key) {
            return format!("&{}", self.owned().map(key, value));
        }
        let (key, value) = (self.owned().spell(key), self.owned().spell(value));
        self.spells.listed("Entries", format!("&[({key}, {value})]"))
    }

    fn set(&self, item: &'s Type) -> String {
        if self.types.is_key(item) {
            return format!("&{}", self.owned().set(item));
        }
        self.spells.listed("Distinct", self.list(item))
    }

    fn named(&self, name: &'s str) -> String {
        let reference = if self.types.is_compound(name) { "&" } else { "" };
        format!("{reference}{}", self.owned().named(name))
    }
}

/// The module of the described types.
pub(super) const MODULE: &str = "types::";

#[cfg(test)]
mod tests {
    use super::{MODULE, Types};
    use crate::model::{ByPointer, Defs};
    use ffi_runtime::schema::Type;

    fn boxed(ty: Type) -> Type {
        Type::Boxed(Box::new(ty))
    }

    fn option(ty: Type) -> Type {
        Type::Option(Box::new(ty))
    }

    fn map(key: Type, value: Type) -> Type {
        Type::Map(Box::new(key), Box::new(value))
    }

    fn set(item: Type) -> Type {
        Type::Set(Box::new(item))
    }

    #[test]
    fn what_is_long_is_borrowed() {
        let (defs, by_pointer) = (Defs::new(), ByPointer::default());
        let types = Types::new([], &defs, &by_pointer);
        assert_eq!(types.borrowed(&option(boxed(Type::String))), "Option<&str>");
        assert_eq!(types.borrowed(&Type::List(Box::new(boxed(Type::I64)))), "&[Box<i64>]");
        assert_eq!(types.owned(&option(boxed(Type::Bytes)), MODULE), "Option<Box<Vec<u8>>>");
        assert_eq!(types.borrowed(&option(Type::Path)), "Option<&std::path::Path>");
        assert_eq!(types.borrowed(&Type::Tuple(vec![Type::String])), "&(String,)");
        assert_eq!(types.borrowed(&Type::Array(Box::new(Type::U8), 4)), "&[u8; 4]");
        assert_eq!(types.borrowed(&Type::Duration), "std::time::Duration");
    }

    #[test]
    fn a_box_is_passed_by_its_address() {
        let (defs, by_pointer) = (Defs::new(), ByPointer::default());
        let types = Types::new([], &defs, &by_pointer);
        let lent = |ty: &Type| types.lent(ty).replace("crate::runtime::shape::", "");
        assert_eq!(lent(&Type::I64), "i64");
        assert_eq!(lent(&option(Type::String)), "Option<&str>");
        assert_eq!(lent(&boxed(boxed(Type::U8))), "Boxed<Boxed<u8>>");
        assert_eq!(lent(&option(boxed(Type::U8))), "Option<Boxed<u8>>");
        assert_eq!(lent(&Type::List(Box::new(boxed(Type::U8)))), "&[Box<u8>]");
    }

    #[test]
    fn a_map_is_rusts_own_where_its_keys_have_an_order() {
        let (defs, by_pointer) = (Defs::new(), ByPointer::default());
        let types = Types::new([], &defs, &by_pointer);
        let pairs = map(option(Type::IpAddr), set(Type::U8));
        assert_eq!(types.owned(&pairs, MODULE), "Vec<(Option<std::net::IpAddr>, std::collections::BTreeSet<u8>)>");
        assert_eq!(types.borrowed(&pairs), "&[(Option<std::net::IpAddr>, std::collections::BTreeSet<u8>)]");
        let own = map(Type::String, set(Type::I128));
        assert_eq!(types.borrowed(&own), "&std::collections::BTreeMap<String, std::collections::BTreeSet<i128>>");
        let shape =
            |ty: &Type| types.shape(ty).replace("crate::runtime::shape::", "").replace("std::collections::", "");
        assert_eq!(shape(&own), "BTreeMap<String, BTreeSet<i128>>");
        assert_eq!(
            shape(&map(Type::Bytes, pairs)),
            "BTreeMap<Vec<u8>, Entries<Vec<(Option<std::net::IpAddr>, BTreeSet<u8>)>>>"
        );
        assert!(types.lent(&set(option(Type::I128))).ends_with("Distinct<&[Option<i128>]>"));
    }
}
