//! Spells types in Rust, owned and borrowed.

use crate::model::{ByPointer, Int, Kind, RustName, Spell};
use ffi_runtime::schema::{Shape, Type, TypeDef};
use std::collections::BTreeMap;

/// The described types, with their names in Rust.
pub(super) struct Types<'a> {
    by_name: BTreeMap<&'a str, (String, &'a Shape)>,
    by_pointer: &'a ByPointer,
}

impl<'a> Types<'a> {
    pub(super) fn new(named: impl IntoIterator<Item = (String, &'a TypeDef)>, by_pointer: &'a ByPointer) -> Self {
        let by_name = named.into_iter().map(|(name, def)| (def.name.as_str(), (name, &def.shape))).collect();
        Self { by_name, by_pointer }
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
        self.owner(module).spell(ty)
    }

    /// Spells types as their values are owned.
    fn owner(&self, module: &str) -> RustName<impl Fn(&str) -> String> {
        RustName(move |name: &str| format!("{module}{}", self.name(name)))
    }

    /// The type as a function takes its values: borrowed where they are not a few bytes.
    pub(super) fn borrowed(&self, ty: &Type) -> String {
        Borrowed(self).spell(ty)
    }

    /// The type whose C form an entry point takes: that of a box where it takes the address of a form that holds a union.
    pub(super) fn entered(&self, ty: &Type) -> String {
        let owned = self.owned(ty, MODULE);
        if self.by_pointer.has(ty) { format!("Box<{owned}>") } else { owned }
    }

    /// The expression that passes what [`Types::borrowed`] took to an entry point.
    pub(super) fn passed(&self, ty: &Type, value: &str) -> String {
        let passed = passed(ty, value);
        if self.by_pointer.has(ty) { format!("Boxed({passed})") } else { passed }
    }
}

/// Spells a type as a function takes its values.
struct Borrowed<'t, 'a>(&'t Types<'a>);

impl Borrowed<'_, '_> {
    fn owned(&self) -> RustName<impl Fn(&str) -> String> {
        self.0.owner(MODULE)
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
        self.spell(item)
    }

    fn named(&self, name: &'s str) -> String {
        let reference = if self.0.is_compound(name) { "&" } else { "" };
        format!("{reference}{}", self.owned().named(name))
    }
}

/// The expression for the form within: a box has an address of its own in C.
fn passed(ty: &Type, value: &str) -> String {
    match Kind::of(ty) {
        Kind::Boxed(item) => format!("Boxed({})", passed(item, value)),
        Kind::Option(item) => match passed(item, "it").as_str() {
            "it" => value.to_owned(),
            "Boxed(it)" => format!("{value}.map(Boxed)"),
            inner => format!("{value}.map(|it| {inner})"),
        },
        Kind::Int(_) | Kind::Float { .. } | Kind::Bool | Kind::Char => value.to_owned(),
        Kind::Text | Kind::Bytes | Kind::List(_) | Kind::Named(_) => value.to_owned(),
    }
}

/// The module of the described types.
pub(super) const MODULE: &str = "types::";

#[cfg(test)]
mod tests {
    use super::{MODULE, Types, passed};
    use crate::model::ByPointer;
    use ffi_runtime::schema::Type;

    fn boxed(ty: Type) -> Type {
        Type::Boxed(Box::new(ty))
    }

    fn option(ty: Type) -> Type {
        Type::Option(Box::new(ty))
    }

    #[test]
    fn what_is_long_is_borrowed() {
        let by_pointer = ByPointer::default();
        let types = Types::new([], &by_pointer);
        assert_eq!(types.borrowed(&option(boxed(Type::String))), "Option<&str>");
        assert_eq!(types.borrowed(&Type::List(Box::new(boxed(Type::I64)))), "&[Box<i64>]");
        assert_eq!(types.owned(&option(boxed(Type::Bytes)), MODULE), "Option<Box<Vec<u8>>>");
    }

    #[test]
    fn a_box_is_passed_by_its_address() {
        assert_eq!(passed(&Type::I64, "x"), "x");
        assert_eq!(passed(&option(Type::String), "x"), "x");
        assert_eq!(passed(&boxed(boxed(Type::U8)), "x"), "Boxed(Boxed(x))");
        assert_eq!(passed(&option(boxed(Type::U8)), "x"), "x.map(Boxed)");
        assert_eq!(passed(&option(boxed(boxed(Type::U8))), "x"), "x.map(|it| Boxed(Boxed(it)))");
    }
}
