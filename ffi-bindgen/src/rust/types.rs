//! How types are spelled in Rust.

use crate::model::Kind;
use ffi_runtime::schema::{Shape, Type, TypeDef};
use std::collections::BTreeMap;

/// The described types, with their names in Rust.
pub(super) struct Types<'a> {
    by_name: BTreeMap<&'a str, (String, &'a Shape)>,
}

impl<'a> Types<'a> {
    pub(super) fn new(named: impl IntoIterator<Item = (String, &'a TypeDef)>) -> Self {
        Self { by_name: named.into_iter().map(|(name, def)| (def.name.as_str(), (name, &def.shape))).collect() }
    }

    /// The name of a described type.
    pub(super) fn name(&self, name: &str) -> &str {
        &self.by_name[name].0
    }

    /// The records.
    pub(super) fn records(&self) -> impl Iterator<Item = &'a str> {
        self.by_name.keys().copied().filter(|name| self.is_record(name))
    }

    /// Whether it is a record, and no enumeration.
    pub(super) fn is_record(&self, name: &str) -> bool {
        matches!(self.by_name[name].1, Shape::Record { .. })
    }

    /// The types of a record's fields.
    pub(super) fn fields(&self, record: &str) -> impl Iterator<Item = &'a Type> {
        let fields = match self.by_name[record].1 {
            Shape::Record { fields } => &fields[..],
            Shape::Enumeration { .. } => &[],
        };
        fields.iter().map(|field| &field.ty)
    }

    /// The type as its values are owned; before a described type's name stands `module`.
    pub(super) fn owned(&self, ty: &Type, module: &str) -> String {
        match Kind::of(ty) {
            Kind::Text => "String".to_owned(),
            Kind::Bytes => "Vec<u8>".to_owned(),
            Kind::List(item) => format!("Vec<{}>", self.owned(item, module)),
            Kind::Option(item) => format!("Option<{}>", self.owned(item, module)),
            Kind::Boxed(item) => format!("Box<{}>", self.owned(item, module)),
            Kind::Named(name) => format!("{module}{}", self.name(name)),
            Kind::Int(_) | Kind::Float { .. } | Kind::Bool | Kind::Char => crate::model::item_name(ty),
        }
    }

    /// The type as a function takes its values: borrowed where they are not a few bytes.
    pub(super) fn borrowed(&self, ty: &Type) -> String {
        match Kind::of(ty) {
            Kind::Text => "&str".to_owned(),
            Kind::Bytes => "&[u8]".to_owned(),
            Kind::List(item) => format!("&[{}]", self.owned(item, MODULE)),
            Kind::Option(item) => format!("Option<{}>", self.borrowed(item)),
            Kind::Boxed(item) => self.borrowed(item),
            Kind::Named(name) if self.is_record(name) => format!("&{}", self.owned(ty, MODULE)),
            Kind::Named(_) | Kind::Int(_) | Kind::Float { .. } | Kind::Bool | Kind::Char => self.owned(ty, MODULE),
        }
    }
}

/// The expression that passes what [`Types::borrowed`] took: a box has an address of its own in C.
pub(super) fn passed(ty: &Type, value: &str) -> String {
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
    use ffi_runtime::schema::Type;

    fn boxed(ty: Type) -> Type {
        Type::Boxed(Box::new(ty))
    }

    fn option(ty: Type) -> Type {
        Type::Option(Box::new(ty))
    }

    #[test]
    fn what_is_long_is_borrowed() {
        let types = Types::new([]);
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
