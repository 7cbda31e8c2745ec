//! Spells types in C++, and names the form that carries each.

use super::collection::{KEYS, MapClass};
use crate::abi;
use crate::model::{Defs, Form as _, Format, Int, Kind, Spell};
use ffi_runtime::schema::{Shape, Type};
use std::collections::BTreeMap;

/// Spells types for one library.
#[derive(Clone, Copy, Debug)]
pub(super) struct Speller<'a> {
    /// The library's namespace.
    pub(super) namespace: &'a str,
    /// Spells the C types behind them.
    pub(super) c: abi::Speller<'a>,
    /// The described types.
    pub(super) defs: &'a Defs<'a>,
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

    fn wide(&self, is_signed: bool) -> String {
        format!("::{}::ffi::{}", self.namespace, if is_signed { "Int128" } else { "UInt128" })
    }

    fn duration(&self) -> String {
        "std::chrono::nanoseconds".to_owned()
    }

    fn time(&self) -> String {
        "std::chrono::sys_time<std::chrono::nanoseconds>".to_owned()
    }

    fn formatted(&self, format: Format) -> String {
        match format {
            Format::Path => "std::filesystem::path".to_owned(),
            Format::IpAddr | Format::SocketAddr => self.text(),
        }
    }

    fn tuple(&self, items: &'t [Type]) -> String {
        format!("std::tuple<{}>", joined(items, |item| self.spell(item)))
    }

    fn array(&self, item: &'t Type, len: u64) -> String {
        format!("std::array<{}, {len}>", self.spell(item))
    }

    fn map(&self, key: &'t Type, value: &'t Type) -> String {
        let entry = format!("{}, {}", self.spell(key), self.spell(value));
        match MapClass::of(key, value, self.defs) {
            MapClass::Map => format!("std::map<{entry}>"),
            MapClass::Pairs => format!("std::vector<std::pair<{entry}>>"),
            MapClass::OwnPairs => format!("::{}::ffi::Pairs<{entry}>", self.namespace),
        }
    }

    fn set(&self, item: &'t Type) -> String {
        if KEYS.has(item, self.defs) { format!("std::set<{}>", self.spell(item)) } else { self.list(item) }
    }

    fn named(&self, name: &'t str) -> String {
        format!("::{}::{}", self.namespace, self.types[name])
    }
}

/// Names the form that carries a type, where forms stand: `text`, `list<form::text, ::my_timer_list_string>`, `of_Job`.
struct Form<'a> {
    c: abi::Speller<'a>,
    defs: &'a Defs<'a>,
}

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
        format!("list<ffi::form::{}, ::{}>", self.spell(item), self.c.list(item))
    }

    fn option(&self, item: &'t Type) -> String {
        format!("option<ffi::form::{}, ::{}>", self.spell(item), self.c.option(item))
    }

    fn boxed(&self, item: &'t Type) -> String {
        format!("box<ffi::form::{}>", self.spell(item))
    }

    fn wide(&self, is_signed: bool) -> String {
        if is_signed { "i128" } else { "u128" }.to_owned()
    }

    fn duration(&self) -> String {
        "duration".to_owned()
    }

    fn time(&self) -> String {
        "time".to_owned()
    }

    fn formatted(&self, format: Format) -> String {
        match format {
            Format::Path => "path".to_owned(),
            Format::IpAddr | Format::SocketAddr => self.text(),
        }
    }

    fn tuple(&self, items: &'t [Type]) -> String {
        let forms = joined(items, |item| format!("ffi::form::{}", self.spell(item)));
        format!("tuple<::{}, {forms}>", self.c.tuple(items))
    }

    fn array(&self, item: &'t Type, len: u64) -> String {
        format!("array<ffi::form::{}, ::{}>", self.spell(item), self.c.array(item, len))
    }

    fn map(&self, key: &'t Type, value: &'t Type) -> String {
        let class = match MapClass::of(key, value, self.defs) {
            MapClass::Map => "std::map",
            MapClass::Pairs => "ffi::form::pairs",
            MapClass::OwnPairs => "ffi::Pairs",
        };
        let (key_form, value_form) = (self.spell(key), self.spell(value));
        format!("map<ffi::form::{key_form}, ffi::form::{value_form}, ::{}, {class}>", self.c.map(key, value))
    }

    fn set(&self, item: &'t Type) -> String {
        let class = if KEYS.has(item, self.defs) { "std::set" } else { "std::vector" };
        format!("set<ffi::form::{}, ::{}, {class}>", self.spell(item), self.c.set(item))
    }

    fn named(&self, name: &'t str) -> String {
        form_of(name)
    }
}

fn joined(types: &[Type], part: impl Fn(&Type) -> String) -> String {
    types.iter().map(part).collect::<Vec<_>>().join(", ")
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
        format!("ffi::form::{}", Form { c: self.c, defs: self.defs }.spell(ty))
    }

    /// The type and form of a result or a payload, which may be nothing.
    pub(super) fn payload(self, ty: Option<&Type>) -> Payload {
        match ty {
            None => Payload { ty: "void".to_owned(), form: "ffi::form::nothing".to_owned() },
            Some(ty) => Payload { ty: self.ty(ty), form: self.form(ty) },
        }
    }

    /// Declares a parameter: scalars, times and enumerations by value, all else by reference.
    pub(super) fn declare(self, ty: &Type, name: &str) -> String {
        let (kind, spelled) = (Kind::of(ty), self.ty(ty));
        let is_time = matches!(kind, Kind::Duration | Kind::Time);
        if kind.is_scalar() || is_time || self.is_enumeration(kind) {
            format!("{spelled} {name}")
        } else {
            format!("const {spelled} &{name}")
        }
    }

    fn is_enumeration(self, kind: Kind<'_>) -> bool {
        matches!(kind, Kind::Named(name) if matches!(self.defs[name].shape, Shape::Enumeration { .. }))
    }
}

#[cfg(test)]
mod tests {
    use super::Speller;
    use crate::abi;
    use crate::model::Defs;
    use ffi_runtime::schema::Type;
    use std::collections::BTreeMap;

    #[test]
    fn types_nest() {
        let types = BTreeMap::from([("T", "T".to_owned())]);
        let spell = Speller { namespace: "l_", c: abi::Speller::of_nothing(), defs: &Defs::new(), types: &types };
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
