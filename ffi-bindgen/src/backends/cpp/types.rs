//! Spells types in C++, and names the form that carries each.

use crate::abi;
use crate::model::{Form as _, Int, Kind, Spell};
use ffi_runtime::schema::{Shape, Type, TypeDef};
use std::collections::BTreeMap;

/// Spells types for one library.
#[derive(Clone, Copy, Debug)]
pub(super) struct Speller<'a> {
    /// The library's namespace.
    pub(super) namespace: &'a str,
    /// Spells the C types behind them.
    pub(super) c: abi::Speller<'a>,
    /// The described types.
    pub(super) defs: &'a [TypeDef],
    /// What they are called here.
    pub(super) types: &'a BTreeMap<&'a str, String>,
}

/// A result or a payload: its type, and the form that carries it.
#[derive(Debug, serde::Serialize)]
pub(super) struct Payload {
    /// The C++ type.
    pub(super) ty: String,
    /// Its form, as the library's namespace knows it.
    pub(super) form: String,
}

/// The C++ type: `std::int64_t`, `std::vector<std::string>`, `::my_timer::Job`.
impl<'t> Spell<'t> for Speller<'_> {
    type Spelled = String;

    fn int(&self, int: Int) -> String {
        format!("std::{}", self.c.int(int))
    }

    fn float(&self, bits: u32) -> String {
        self.c.float(bits)
    }

    fn bool(&self) -> String {
        "bool".to_owned()
    }

    fn char(&self) -> String {
        "char32_t".to_owned()
    }

    fn text(&self) -> String {
        "std::string".to_owned()
    }

    fn bytes(&self) -> String {
        "std::vector<std::uint8_t>".to_owned()
    }

    fn list(&self, item: &'t Type) -> String {
        format!("std::vector<{}>", self.spell(item))
    }

    fn option(&self, item: &'t Type) -> String {
        format!("std::optional<{}>", self.spell(item))
    }

    fn boxed(&self, item: &'t Type) -> String {
        format!("::{}::ffi::Box<{}>", self.namespace, self.spell(item))
    }

    fn named(&self, name: &'t str) -> String {
        format!("::{}::{}", self.namespace, self.types[name])
    }
}

/// Names the form that carries a type, where forms stand: `text`, `list<form::text, ::my_timer_list_string>`, `of_Job`.
struct Form<'a>(abi::Speller<'a>);

impl<'t> Spell<'t> for Form<'_> {
    type Spelled = String;

    fn int(&self, int: Int) -> String {
        int.name()
    }

    fn float(&self, bits: u32) -> String {
        format!("f{bits}")
    }

    fn bool(&self) -> String {
        "truth".to_owned()
    }

    fn char(&self) -> String {
        "character".to_owned()
    }

    fn text(&self) -> String {
        "text".to_owned()
    }

    fn bytes(&self) -> String {
        "bytes".to_owned()
    }

    fn list(&self, item: &'t Type) -> String {
        format!("list<ffi::form::{}, ::{}>", self.spell(item), self.0.list(item))
    }

    fn option(&self, item: &'t Type) -> String {
        format!("option<ffi::form::{}, ::{}>", self.spell(item), self.0.option(item))
    }

    fn boxed(&self, item: &'t Type) -> String {
        format!("box<ffi::form::{}>", self.spell(item))
    }

    fn named(&self, name: &'t str) -> String {
        form_of(name)
    }
}

/// The form of a record or an enumeration, where forms stand.
pub(super) fn form_of(name: &str) -> String {
    format!("of_{name}")
}

impl Speller<'_> {
    /// The C++ type.
    pub(super) fn ty(self, ty: &Type) -> String {
        self.spell(ty)
    }

    /// The form, as the library's namespace knows it: `ffi::form::i64`.
    pub(super) fn form(self, ty: &Type) -> String {
        format!("ffi::form::{}", Form(self.c).spell(ty))
    }

    /// The type and form of a result or a payload, which may be nothing.
    pub(super) fn payload(self, ty: Option<&Type>) -> Payload {
        match ty {
            None => Payload { ty: "void".to_owned(), form: "ffi::form::nothing".to_owned() },
            Some(ty) => Payload { ty: self.ty(ty), form: self.form(ty) },
        }
    }

    /// Declares a parameter: scalars and enumerations by value, all else by reference.
    pub(super) fn declare(self, ty: &Type, name: &str) -> String {
        let (kind, spelled) = (Kind::of(ty), self.ty(ty));
        if kind.is_scalar() || self.is_enumeration(kind) {
            format!("{spelled} {name}")
        } else {
            format!("const {spelled} &{name}")
        }
    }

    fn is_enumeration(self, kind: Kind<'_>) -> bool {
        let is_it = |def: &TypeDef| kind == Kind::Named(&def.name) && matches!(def.shape, Shape::Enumeration { .. });
        self.defs.iter().any(is_it)
    }
}

#[cfg(test)]
mod tests {
    use super::Speller;
    use crate::abi;
    use ffi_runtime::schema::Type;
    use std::collections::BTreeMap;

    #[test]
    fn types_nest() {
        let types = BTreeMap::from([("T", "T".to_owned())]);
        let spell = Speller { namespace: "l_", c: abi::Speller::of_nothing(), defs: &[], types: &types };
        let boxed = Type::Boxed(Box::new(Type::Named("T".to_owned())));
        let list = Type::List(Box::new(Type::Option(Box::new(boxed))));
        assert_eq!(spell.ty(&list), "std::vector<std::optional<::l_::ffi::Box<::l_::T>>>");
        assert_eq!(
            spell.form(&list),
            "ffi::form::list<ffi::form::option<ffi::form::box<ffi::form::of_T>, ::l_option_box_T>, ::l_list_option_box_T>"
        );
        assert_eq!(spell.declare(&Type::Bool, "yes"), "bool yes");
        assert_eq!(spell.declare(&Type::Bytes, "data"), "const std::vector<std::uint8_t> &data");
    }
}
