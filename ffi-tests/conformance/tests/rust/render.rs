//! Values, types and names of the vectors, as Rust.

use conformance::Value;
use ffi_runtime::schema::Type;
use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

/// A value that holds no others; the types' names stand behind `module`.
pub(crate) fn simple(module: &str, ty: &Type, value: &Value) -> String {
    match (ty, value) {
        (Type::F32, Value::Float(value)) => float32(*value),
        (_, Value::Float(value)) => float(*value),
        (_, Value::Int(value)) => format!("{value}_{}", spelled(module, ty)),
        (_, Value::Bool(value)) => value.to_string(),
        (_, Value::Char(value)) => format!("{value:?}"),
        (_, Value::Text(value)) => format!("{value:?}.to_owned()"),
        (_, Value::Bytes(value)) => format!("vec!{value:?}"),
        (_, Value::Absent) => "None".to_owned(),
        (_, Value::Variant { name, variant }) => format!("{module}{name}::{}", variant.to_upper_camel_case()),
        (_, Value::Nothing) => "()".to_owned(),
        (ty, value) => panic!("{value:?} is no {ty:?}"),
    }
}

/// A value of the type as a client's function takes it; `literal` writes what is owned.
pub(crate) fn borrowed(ty: &Type, value: &Value, literal: &dyn Fn(&Type, &Value) -> String) -> String {
    match (ty, value) {
        (_, Value::Text(value)) => format!("{value:?}"),
        (_, Value::Bytes(_) | Value::List(_)) => format!("&({})[..]", literal(ty, value)),
        (_, Value::Record { .. } | Value::Data { .. }) => format!("&{}", literal(ty, value)),
        (Type::Option(item), Value::Present(value)) => format!("Some({})", borrowed(item, value, literal)),
        (Type::Boxed(item), Value::Boxed(value)) => borrowed(item, value, literal),
        _ => literal(ty, value),
    }
}

/// The type as it is owned.
pub(crate) fn spelled(module: &str, ty: &Type) -> String {
    let within = |item| spelled(module, item);
    match ty {
        Type::String => "String".to_owned(),
        Type::Bytes => "Vec<u8>".to_owned(),
        Type::List(item) => format!("Vec<{}>", within(item)),
        Type::Option(item) => format!("Option<{}>", within(item)),
        Type::Boxed(item) => format!("Box<{}>", within(item)),
        Type::Named(name) => format!("{module}{name}"),
        scalar => format!("{scalar:?}").to_lowercase(),
    }
}

/// The name of a field or a method.
pub(crate) fn member(name: &str) -> String {
    let name = name.to_snake_case();
    if ["struct", "type"].contains(&name.as_str()) { format!("{name}_") } else { name }
}

pub(crate) fn listed(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}

/// Exactly this float, whatever a compiler makes of decimal digits.
fn float(value: f64) -> String {
    if value.is_nan() { "f64::NAN".to_owned() } else { format!("f64::from_bits({:#x})", value.to_bits()) }
}

fn float32(value: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "a vector's float of 32 bits is one")]
    let narrow = value as f32;
    if value.is_nan() { "f32::NAN".to_owned() } else { format!("f32::from_bits({:#x})", narrow.to_bits()) }
}
