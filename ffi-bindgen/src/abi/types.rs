//! Spells types in C, and decides how a callback receives each.

use super::claims::Names;
use crate::model::{Form, Int, Kind};
use ffi_runtime::schema::{Text, Type};
use serde::Serialize;

/// Spells types for one library.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Speller<'a> {
    /// The names of its header.
    pub(super) names: &'a Names<'a>,
}

/// How a callback receives a value that is a whole result or payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Passed {
    /// The text itself.
    Text,
    /// The bytes themselves.
    Bytes,
    /// A pointer to the value's form in C.
    Pointer,
}

impl Passed {
    /// What it is for this type.
    pub(crate) fn of(ty: &Type) -> Self {
        let kind = Kind::of(ty);
        if matches!(kind, Kind::Text | Kind::Formatted(_)) {
            return Self::Text;
        }
        if kind == Kind::Bytes { Self::Bytes } else { Self::Pointer }
    }
}

/// The C type: `int64_t`, `my_timer_text`, `my_timer_list_string`.
impl<'t> Form<'t> for Speller<'_> {
    type Formed = String;

    fn int(&self, int: Int) -> String {
        match (int.is_size, int.is_signed) {
            (true, true) => "ptrdiff_t".to_owned(),
            (true, false) => "size_t".to_owned(),
            (false, true) => format!("int{}_t", int.bits),
            (false, false) => format!("uint{}_t", int.bits),
        }
    }

    fn float(&self, bits: u32) -> String {
        if bits == 32 { "float".to_owned() } else { "double".to_owned() }
    }

    fn bool(&self) -> String {
        "int".to_owned()
    }

    fn char(&self) -> String {
        "uint32_t".to_owned()
    }

    fn text(&self) -> String {
        match self.names.text {
            Text::ByLength => self.names.prefixed("text"),
            Text::C => "const char *".to_owned(),
        }
    }

    fn bytes(&self) -> String {
        self.names.prefixed("bytes")
    }

    fn list(&self, item: &'t Type) -> String {
        self.names.base(&Type::List(Box::new(item.clone())))
    }

    fn option(&self, item: &'t Type) -> String {
        self.names.base(&Type::Option(Box::new(item.clone())))
    }

    fn boxed(&self, item: &'t Type) -> String {
        pointer_to_const(&self.form(item))
    }

    fn wide(&self, is_signed: bool) -> String {
        self.names.prefixed(if is_signed { "i128" } else { "u128" })
    }

    fn duration(&self) -> String {
        self.names.prefixed("duration")
    }

    fn time(&self) -> String {
        self.names.prefixed("time")
    }

    fn tuple(&self, items: &'t [Type]) -> String {
        self.names.base(&Type::Tuple(items.to_vec()))
    }

    fn array(&self, item: &'t Type, len: u64) -> String {
        self.names.base(&Type::Array(Box::new(item.clone()), len))
    }

    fn map(&self, key: &'t Type, value: &'t Type) -> String {
        self.names.base(&map_of(key, value))
    }

    fn set(&self, item: &'t Type) -> String {
        self.names.base(&Type::Set(Box::new(item.clone())))
    }

    fn named(&self, name: &'t str) -> String {
        self.names.base(&Type::Named(name.to_owned()))
    }
}

impl<'a> Speller<'a> {
    /// The C type.
    pub(crate) fn ty(self, ty: &Type) -> String {
        self.form(ty)
    }

    /// The C type of a native parameter, which is a pointer where [`Speller::is_pointer`].
    pub(crate) fn param(self, ty: &Type) -> String {
        let spelled = self.ty(ty);
        if self.is_pointer(ty) { pointer_to_const(&spelled) } else { spelled }
    }

    /// Whether a native parameter points to its value.
    pub(crate) fn is_pointer(self, ty: &Type) -> bool {
        self.names.by_pointer.has(ty)
    }

    /// The prefix of the type's helpers: `my_timer_list_string`, for `…_encode`.
    pub(crate) fn codec(self, ty: &Type) -> String {
        // What crosses as text has the helpers of text.
        let is_text = matches!(Kind::of(ty), Kind::Formatted(_));
        self.names.base(if is_text { &Type::String } else { ty })
    }

    /// The struct of a map's entries.
    pub(crate) fn entry(self, key: &Type, value: &Type) -> String {
        self.names.entry(&map_of(key, value))
    }

    /// The constants of an enum, with data or without.
    pub(crate) fn variants(self, name: &str) -> &'a [String] {
        self.names.variants(name)
    }

    /// The structs of the fields of an enum's variants; empty where a variant has none.
    pub(crate) fn payloads(self, name: &str) -> &'a [String] {
        self.names.payloads(name)
    }
}

fn map_of(key: &Type, value: &Type) -> Type {
    Type::Map(Box::new(key.clone()), Box::new(value.clone()))
}

/// The type followed by a name, spaced as C is written.
pub(crate) fn declare(ty: &str, name: &str) -> String {
    let space = if ty.ends_with('*') { "" } else { " " };
    format!("{ty}{space}{name}")
}

/// A pointer through which the value can be changed.
pub(super) fn pointer_to(ty: &str) -> String {
    declare(ty, "*")
}

/// A pointer through which the value cannot be changed.
pub(super) fn pointer_to_const(ty: &str) -> String {
    if ty.ends_with('*') { format!("{ty}const *") } else { format!("const {ty} *") }
}

#[cfg(test)]
impl Speller<'static> {
    /// Spells types for a library `l` without any of its own.
    pub(crate) fn of_nothing() -> Self {
        Self { names: Box::leak(Box::new(Names::of_nothing())) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Speller, declare, pointer_to};
    use ffi_runtime::schema::Type;

    fn boxed(ty: Type) -> Type {
        Type::Boxed(Box::new(ty))
    }

    #[test]
    fn constness_belongs_to_what_is_pointed_at() {
        let spell = Speller::of_nothing();
        assert_eq!(spell.ty(&boxed(Type::I64)), "const int64_t *");
        assert_eq!(spell.ty(&boxed(Type::String)), "const l_text *");
        assert_eq!(spell.ty(&boxed(boxed(Type::Named("T".to_owned())))), "const l_T *const *");
    }

    #[test]
    fn stars_stand_at_the_name() {
        assert_eq!(declare("int", "a"), "int a");
        assert_eq!(declare("const char *", "a"), "const char *a");
        assert_eq!(pointer_to("const char *"), "const char **");
        assert_eq!(pointer_to("double"), "double *");
    }
}
