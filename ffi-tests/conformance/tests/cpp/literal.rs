//! Values as expressions of C++.

use crate::native::{bits, held, integer, quoted, words};
use conformance::Value;
use ffi_runtime::schema::{Library, Shape, Type, TypeDef};

/// The arguments of a function, as they stand in a request.
pub(crate) fn arguments(library: &Library, function: &str, request: &serde_json::Value) -> Vec<String> {
    let function = library.functions.iter().find(|it| it.name == function).expect("a function");
    let argument =
        |it: &ffi_runtime::schema::Param| literal(library, &it.ty, &Value::new(library, &it.ty, &request[&it.name]));
    function.params.iter().map(argument).collect()
}

/// An expression of the type, whatever it stands in.
pub(crate) fn literal(library: &Library, ty: &Type, value: &Value) -> String {
    let spelled = spell(library, ty);
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
            let Shape::Record { fields: types } = &def(library, name).shape else { panic!("{name} is a record") };
            let fields = types.iter().zip(fields).map(|(field, (_, value))| literal(library, &field.ty, value));
            format!("{spelled}{{{}}}", joined(fields))
        }
        (_, Value::Variant { variant, .. }) => format!("{spelled}::{variant}"),
        (_, Value::Data { variant, .. }) => {
            let held = held(library, value).map(|(ty, it)| literal(library, ty, it));
            format!("{spelled}({spelled}::{variant}{{{}}})", joined(held))
        }
        (_, Value::Wide { digits, is_signed }) => {
            let (low, high) = words(digits, *is_signed);
            format!("{spelled}{{UINT64_C({low}), {}}}", integer(high))
        }
        (_, Value::Duration { secs, nanos }) => format!("{spelled}({})", span(i128::from(*secs), *nanos)),
        (_, Value::Time { secs, nanos }) => {
            format!("{spelled}(std::chrono::nanoseconds({}))", span(i128::from(*secs), *nanos))
        }
        (_, Value::Formatted { text, .. }) => format!("{spelled}({})", quoted(text)),
        (Type::Tuple(items), Value::Tuple { values, .. }) => {
            format!("{spelled}({})", joined(items.iter().zip(values).map(|(item, it)| literal(library, item, it))))
        }
        (Type::Array(item, _) | Type::Set(item), Value::Array { values, .. } | Value::Set { values, .. }) => {
            format!("{spelled}{{{}}}", joined(values.iter().map(|it| literal(library, item, it))))
        }
        (Type::Map(key, held), Value::Map { entries, .. }) => {
            let entry = |(at, it): &(Value, Value)| {
                format!("{{{}, {}}}", literal(library, key, at), literal(library, held, it))
            };
            format!("{spelled}{{{}}}", joined(entries.iter().map(entry)))
        }
        (ty, value) => panic!("{value:?} is no {ty:?}"),
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

/// Whether it is a time that 64 bits cannot count in nanoseconds.
pub(crate) fn is_too_far(value: &Value) -> bool {
    matches!(value, Value::Time { secs, nanos } if i64::try_from(nanoseconds((*secs).into(), *nanos)).is_err())
}

fn span(secs: i128, nanos: u32) -> String {
    integer(nanoseconds(secs, nanos))
}

fn nanoseconds(secs: i128, nanos: u32) -> i128 {
    secs * 1_000_000_000 + i128::from(nanos)
}

/// Whether it holds a map or a set that is a list here, which comes in any order.
pub(crate) fn is_unordered(library: &Library, ty: &Type) -> bool {
    let is_list = |key| !is_simple(library, key);
    match ty {
        Type::Map(key, value) => is_list(key) || is_unordered(library, value),
        Type::Set(item) => is_list(item),
        Type::List(item) | Type::Option(item) | Type::Boxed(item) | Type::Array(item, _) => is_unordered(library, item),
        Type::Tuple(items) => items.iter().any(|item| is_unordered(library, item)),
        // No recursive type has such a list.
        Type::Named(name) => def(library, name).shape.fields().any(|field| {
            let is_itself = |ty: &Type| format!("{ty:?}").contains(&format!("Named({name:?})"));
            !is_itself(&field.ty) && is_unordered(library, &field.ty)
        }),
        _ => false,
    }
}

/// Whether it can be a key of the language's own map.
fn is_simple(library: &Library, ty: &Type) -> bool {
    match ty {
        Type::I8 | Type::I16 | Type::I32 | Type::I64 | Type::Isize => true,
        Type::U8 | Type::U16 | Type::U32 | Type::U64 | Type::Usize => true,
        Type::Bool | Type::Char | Type::String => true,
        Type::Path | Type::IpAddr | Type::SocketAddr | Type::Duration | Type::Time => true,
        Type::I128 | Type::U128 | Type::Bytes => true,
        Type::Tuple(items) => items.iter().all(|item| is_simple(library, item)),
        Type::Array(item, _) => is_simple(library, item),
        Type::Named(name) => matches!(def(library, name).shape, Shape::Enumeration { .. }),
        _ => false,
    }
}

fn def<'l>(library: &'l Library, name: &str) -> &'l TypeDef {
    library.types.iter().find(|def| def.name == *name).expect("a described type")
}

fn spell(library: &Library, ty: &Type) -> String {
    let spell = |ty| spell(library, ty);
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
        Type::String | Type::IpAddr | Type::SocketAddr => "std::string",
        Type::Bytes => "std::vector<std::uint8_t>",
        Type::List(item) => return format!("std::vector<{}>", spell(item)),
        Type::Option(item) => return format!("std::optional<{}>", spell(item)),
        Type::Boxed(item) => return format!("every::ffi::Box<{}>", spell(item)),
        Type::I128 => "every::ffi::Int128",
        Type::U128 => "every::ffi::UInt128",
        Type::Duration => "std::chrono::nanoseconds",
        Type::Time => "std::chrono::sys_time<std::chrono::nanoseconds>",
        Type::Path => "std::filesystem::path",
        Type::Tuple(items) => return format!("std::tuple<{}>", joined(items.iter().map(spell))),
        Type::Array(item, len) => return format!("std::array<{}, {len}>", spell(item)),
        Type::Map(key, value) if is_simple(library, key) => {
            return format!("std::map<{}, {}>", spell(key), spell(value));
        }
        Type::Map(key, value) => return format!("std::vector<std::pair<{}, {}>>", spell(key), spell(value)),
        Type::Set(item) if is_simple(library, item) => return format!("std::set<{}>", spell(item)),
        Type::Set(item) => return format!("std::vector<{}>", spell(item)),
        Type::Named(name) => return format!("every::{name}"),
    };
    name.to_owned()
}
