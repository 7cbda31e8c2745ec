//! How a type is spelled in C++, and which form carries it.

use super::names::spelled;
use crate::c;
use crate::model::Kind;
use ffi_runtime::schema::{Shape, Type, TypeDef};

/// Spells types for one library.
#[derive(Clone, Copy, Debug)]
pub(super) struct Speller<'a> {
    /// The library's namespace.
    pub(super) namespace: &'a str,
    /// Spells the C types behind them.
    pub(super) c: c::types::Speller<'a>,
    /// What the types' names stand for.
    pub(super) defs: &'a [TypeDef],
}

/// A type with the form that carries it.
#[derive(Debug, serde::Serialize)]
pub(super) struct Carried {
    /// The C++ type.
    pub(super) ty: String,
    /// Its form, as the library's namespace knows it.
    pub(super) form: String,
}

impl Speller<'_> {
    /// The C++ type: `std::int64_t`, `std::vector<std::string>`, `::my_timer::Job`.
    pub(super) fn ty(self, ty: &Type) -> String {
        let name = match ty {
            Type::I8 => "std::int8_t",
            Type::I16 => "std::int16_t",
            Type::I32 => "std::int32_t",
            Type::I64 => "std::int64_t",
            Type::U8 => "std::uint8_t",
            Type::U16 => "std::uint16_t",
            Type::U32 => "std::uint32_t",
            Type::U64 => "std::uint64_t",
            Type::Isize => "std::ptrdiff_t",
            Type::Usize => "std::size_t",
            Type::F32 => "float",
            Type::F64 => "double",
            Type::Bool => "bool",
            Type::Char => "char32_t",
            Type::String => "std::string",
            Type::Bytes => "std::vector<std::uint8_t>",
            Type::List(item) => return format!("std::vector<{}>", self.ty(item)),
            Type::Option(item) => return format!("std::optional<{}>", self.ty(item)),
            Type::Boxed(item) => return format!("::{}::ffi::Box<{}>", self.namespace, self.ty(item)),
            Type::Named(name) => return format!("::{}::{}", self.namespace, spelled(name)),
        };
        name.to_owned()
    }

    /// The form: `ffi::form::i64`, `ffi::form::list<form::text, ::my_timer_list_string>`, `ffi::form::of_Job`.
    pub(super) fn form(self, ty: &Type) -> String {
        let name = match ty {
            Type::I8 => "i8",
            Type::I16 => "i16",
            Type::I32 => "i32",
            Type::I64 => "i64",
            Type::U8 => "u8",
            Type::U16 => "u16",
            Type::U32 => "u32",
            Type::U64 => "u64",
            Type::Isize => "isize",
            Type::Usize => "usize",
            Type::F32 => "f32",
            Type::F64 => "f64",
            Type::Bool => "truth",
            Type::Char => "character",
            Type::String => "text",
            Type::Bytes => "bytes",
            Type::List(item) => return format!("ffi::form::list<{}, ::{}>", self.form(item), self.c.ty(ty)),
            Type::Option(item) => return format!("ffi::form::option<{}, ::{}>", self.form(item), self.c.ty(ty)),
            Type::Boxed(item) => return format!("ffi::form::box<{}>", self.form(item)),
            Type::Named(name) => return format!("ffi::form::{}", Self::form_of(name)),
        };
        format!("ffi::form::{name}")
    }

    /// The form of a record or an enumeration, where forms stand.
    pub(super) fn form_of(name: &str) -> String {
        format!("of_{name}")
    }

    /// The type and form of a result or a payload, which may be nothing.
    pub(super) fn carried(self, ty: Option<&Type>) -> Carried {
        match ty {
            None => Carried { ty: "void".to_owned(), form: "ffi::form::nothing".to_owned() },
            Some(ty) => Carried { ty: self.ty(ty), form: self.form(ty) },
        }
    }

    /// Declares a parameter: scalars by value, all else by reference.
    pub(super) fn declare(self, ty: &Type, name: &str) -> String {
        let spelled = self.ty(ty);
        let is_large = match Kind::of(ty) {
            Kind::Text | Kind::Bytes | Kind::List(_) | Kind::Option(_) | Kind::Boxed(_) => true,
            Kind::Named(name) => {
                !self.defs.iter().any(|def| def.name == *name && matches!(def.shape, Shape::Enumeration { .. }))
            }
            Kind::Int(_) | Kind::Float { .. } | Kind::Bool | Kind::Char => false,
        };
        if is_large { format!("const {spelled} &{name}") } else { format!("{spelled} {name}") }
    }
}

#[cfg(test)]
mod tests {
    use super::Speller;
    use crate::c;
    use ffi_runtime::schema::Type;

    #[test]
    fn types_nest() {
        let spell = Speller { namespace: "l_", c: c::types::Speller { lib: "l" }, defs: &[] };
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
