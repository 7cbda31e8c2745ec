//! How a type is spelled in Go, and its C form as cgo shows it.

use super::names::Names;
use crate::Error;
use crate::model::{Kind, item_name};
use ffi_runtime::schema::Type;
use serde::Serialize;

/// A type as the templates need it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Ty {
    /// What its conversions' names end with: `list_string` in `to_list_string`.
    pub(super) item: String,
    /// In Go: `[]string`.
    pub(super) go: String,
    /// The C form in Go: `C.my_timer_list_string`.
    pub(super) c: String,
    /// What the callback is given for it.
    pub(super) form: Form,
}

/// What a callback is given for a type as a whole result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Form {
    /// A text.
    Text,
    /// Bytes.
    Bytes,
    /// A pointer to the C form.
    Pointer,
}

impl Ty {
    pub(super) fn new(ty: &Type, names: &Names<'_>) -> Result<Self, Error> {
        let form = match Kind::of(ty) {
            Kind::Text => Form::Text,
            Kind::Bytes => Form::Bytes,
            Kind::Int(_) | Kind::Float { .. } | Kind::Bool | Kind::Char => Form::Pointer,
            Kind::List(_) | Kind::Option(_) | Kind::Boxed(_) | Kind::Named(_) => Form::Pointer,
        };
        Ok(Self { item: item_name(ty), go: go(ty, names)?, c: c(ty, names.library), form })
    }
}

/// A box is what it holds: Go has no use for the pointer, since what contains itself does so
/// through an option or a list.
fn go(ty: &Type, names: &Names<'_>) -> Result<String, Error> {
    let name = match ty {
        Type::I8 => "int8",
        Type::I16 => "int16",
        Type::I32 => "int32",
        Type::I64 => "int64",
        Type::U8 => "uint8",
        Type::U16 => "uint16",
        Type::U32 => "uint32",
        Type::U64 => "uint64",
        Type::Isize => "int",
        Type::Usize => "uint",
        Type::F32 => "float32",
        Type::F64 => "float64",
        Type::Bool => "bool",
        Type::Char => "rune",
        Type::String => "string",
        Type::Bytes => "[]byte",
        Type::List(item) => return Ok(format!("[]{}", go(item, names)?)),
        Type::Option(item) => return Ok(format!("*{}", go(item, names)?)),
        Type::Boxed(item) => return go(item, names),
        Type::Named(name) => return names.ty(name),
    };
    Ok(name.to_owned())
}

/// The C type as cgo names it.
fn c(ty: &Type, library: &str) -> String {
    let name = match ty {
        Type::I8 => "int8_t",
        Type::I16 => "int16_t",
        Type::I32 => "int32_t",
        Type::I64 => "int64_t",
        Type::U8 => "uint8_t",
        Type::U16 => "uint16_t",
        Type::U32 | Type::Char => "uint32_t",
        Type::U64 => "uint64_t",
        Type::Isize => "ptrdiff_t",
        Type::Usize => "size_t",
        Type::F32 => "float",
        Type::F64 => "double",
        Type::Bool => "int",
        Type::String => return "*C.char".to_owned(),
        Type::Boxed(item) => return format!("*{}", c(item, library)),
        Type::Bytes | Type::List(_) | Type::Option(_) | Type::Named(_) => {
            return format!("C.{library}_{}", item_name(ty));
        }
    };
    format!("C.{name}")
}
