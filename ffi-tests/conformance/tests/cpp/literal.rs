//! Values as expressions of C++.

use crate::native::{bits, held, integer, quoted};
use conformance::Value;
use ffi_runtime::schema::{Library, Shape, Type};

/// The arguments of a function, as they stand in a request.
pub(crate) fn arguments(library: &Library, function: &str, request: &serde_json::Value) -> Vec<String> {
    let function = library.functions.iter().find(|it| it.name == function).expect("a function");
    let argument =
        |it: &ffi_runtime::schema::Param| literal(library, &it.ty, &Value::new(library, &it.ty, &request[&it.name]));
    function.params.iter().map(argument).collect()
}

/// An expression of the type, whatever it stands in.
pub(crate) fn literal(library: &Library, ty: &Type, value: &Value) -> String {
    let spelled = spell(ty);
    match (ty, value) {
        (_, Value::Int(number)) => format!("{spelled}({})", integer(*number)),
        (Type::F32, Value::Float(number)) => format!("std::bit_cast<float>(UINT32_C({}))", bits(ty, *number)),
        (_, Value::Float(number)) => format!("std::bit_cast<double>(UINT64_C({}))", bits(ty, *number)),
        (_, Value::Bool(yes)) => yes.to_string(),
        (_, Value::Char(letter)) => format!("char32_t({})", u32::from(*letter)),
        (_, Value::Text(text)) => format!("std::string({}, {})", quoted(text), text.len()),
        (_, Value::Bytes(bytes)) => format!("{spelled}{{{}}}", joined(bytes.iter().map(u8::to_string))),
        (Type::List(item), Value::List(items)) => {
            format!("{spelled}{{{}}}", joined(items.iter().map(|it| literal(library, item, it))))
        }
        (_, Value::Absent) => format!("{spelled}()"),
        (Type::Option(item) | Type::Boxed(item), Value::Present(inner) | Value::Boxed(inner)) => {
            format!("{spelled}({})", literal(library, item, inner))
        }
        (_, Value::Record { name, fields }) => {
            let def = library.types.iter().find(|def| def.name == *name).expect("a described type");
            let Shape::Record { fields: types } = &def.shape else { panic!("{name} is a record") };
            let fields = types.iter().zip(fields).map(|(field, (_, value))| literal(library, &field.ty, value));
            format!("{spelled}{{{}}}", joined(fields))
        }
        (_, Value::Variant { variant, .. }) => format!("{spelled}::{variant}"),
        (_, Value::Data { variant, .. }) => {
            let held = held(library, value).map(|(ty, it)| literal(library, ty, it));
            format!("{spelled}({spelled}::{variant}{{{}}})", joined(held))
        }
        (ty, value) => panic!("{value:?} is no {ty:?}"),
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

fn spell(ty: &Type) -> String {
    let name = match ty {
        Type::Isize => "std::ptrdiff_t",
        Type::Usize => "std::size_t",
        Type::I8 => "std::int8_t",
        Type::I16 => "std::int16_t",
        Type::I32 => "std::int32_t",
        Type::I64 => "std::int64_t",
        Type::U8 => "std::uint8_t",
        Type::U16 => "std::uint16_t",
        Type::U32 => "std::uint32_t",
        Type::U64 => "std::uint64_t",
        Type::F32 => "float",
        Type::F64 => "double",
        Type::Bool => "bool",
        Type::Char => "char32_t",
        Type::String => "std::string",
        Type::Bytes => "std::vector<std::uint8_t>",
        Type::List(item) => return format!("std::vector<{}>", spell(item)),
        Type::Option(item) => return format!("std::optional<{}>", spell(item)),
        Type::Boxed(item) => return format!("every::ffi::Box<{}>", spell(item)),
        Type::Named(name) => return format!("every::{name}"),
    };
    name.to_owned()
}
