//! Values, types and names of the vectors, as Rust.

use conformance::Value;
use ffi_runtime::schema::{Library, Shape, Type};
use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

/// A value that holds no others; the types' names stand behind `module`.
pub(crate) fn simple(module: &str, ty: &Type, value: &Value) -> String {
    match (ty, value) {
        (Type::F32, Value::Float(value)) => float32(*value),
        (_, Value::Float(value)) => float(*value),
        (_, Value::Int(value)) => format!("{value}_{}", format!("{ty:?}").to_lowercase()),
        (_, Value::Bool(value)) => value.to_string(),
        (_, Value::Char(value)) => format!("{value:?}"),
        (_, Value::Text(value)) => format!("{value:?}.to_owned()"),
        (_, Value::Bytes(value)) => format!("vec!{value:?}"),
        (_, Value::Absent) => "None".to_owned(),
        (_, Value::Variant { name, variant }) => format!("{module}{name}::{}", variant.to_upper_camel_case()),
        (_, Value::Nothing) => "()".to_owned(),
        (_, Value::Wide { digits, is_signed }) => format!("{digits}_{}128", if *is_signed { 'i' } else { 'u' }),
        (_, Value::Duration { secs, nanos }) => format!("std::time::Duration::new({secs}, {nanos})"),
        (_, Value::Time { secs, nanos }) => time(*secs, *nanos),
        (_, Value::Formatted { ty: Type::Path, text }) => format!("std::path::PathBuf::from({text:?})"),
        (_, Value::Formatted { ty, text }) => format!("{text:?}.parse::<std::net::{ty:?}>().unwrap()"),
        (ty, value) => panic!("{value:?} is no {ty:?}"),
    }
}

fn time(secs: i64, nanos: u32) -> String {
    let sign = if secs < 0 { '-' } else { '+' };
    let secs = secs.unsigned_abs();
    format!(
        "std::time::UNIX_EPOCH {sign} std::time::Duration::from_secs({secs}) + std::time::Duration::from_nanos({nanos})"
    )
}

/// A value of the type as a client's function takes it; `literal` writes what is owned.
pub(crate) fn borrowed(
    library: &Library,
    ty: &Type,
    value: &Value,
    literal: &dyn Fn(&Type, &Value) -> String,
) -> String {
    match (ty, value) {
        (_, Value::Text(value)) => format!("{value:?}"),
        (_, Value::Formatted { ty: Type::Path, text }) => format!("std::path::Path::new({text:?})"),
        (_, Value::Bytes(_) | Value::List(_)) => format!("&({})[..]", literal(ty, value)),
        (Type::Map(key, _) | Type::Set(key), _) if !is_key(library, key) => format!("&({})[..]", literal(ty, value)),
        (_, Value::Record { .. } | Value::Data { .. } | Value::Tuple { .. } | Value::Array { .. }) => {
            format!("&{}", literal(ty, value))
        }
        (_, Value::Map { .. } | Value::Set { .. }) => format!("&{}", literal(ty, value)),
        (Type::Option(item), Value::Present(value)) => format!("Some({})", borrowed(library, item, value, literal)),
        (Type::Boxed(item), Value::Boxed(value)) => borrowed(library, item, value, literal),
        _ => literal(ty, value),
    }
}

/// Whether a map of Rust's own has such keys.
pub(crate) fn is_key(library: &Library, ty: &Type) -> bool {
    match ty {
        Type::I8 | Type::I16 | Type::I32 | Type::I64 | Type::Isize => true,
        Type::U8 | Type::U16 | Type::U32 | Type::U64 | Type::Usize => true,
        Type::Bool | Type::Char | Type::String => true,
        Type::Path | Type::IpAddr | Type::SocketAddr | Type::Duration | Type::Time => true,
        Type::I128 | Type::U128 | Type::Bytes => true,
        Type::Tuple(items) => items.iter().all(|item| is_key(library, item)),
        Type::Array(item, _) => is_key(library, item),
        Type::Named(name) => {
            library.types.iter().any(|def| def.name == *name && matches!(def.shape, Shape::Enumeration { .. }))
        }
        _ => false,
    }
}

/// The type as it is owned; what is a list in Rust and crosses as another is marked where there is a name for such marks.
pub(crate) struct Spelling<'a> {
    pub(crate) library: &'a Library,
    pub(crate) module: &'a str,
    pub(crate) marks: Option<&'a str>,
}

impl Spelling<'_> {
    pub(crate) fn of(&self, ty: &Type) -> String {
        match ty {
            Type::String => "String".to_owned(),
            Type::Bytes => "Vec<u8>".to_owned(),
            Type::List(item) => format!("Vec<{}>", self.of(item)),
            Type::Option(item) => format!("Option<{}>", self.of(item)),
            Type::Boxed(item) => format!("Box<{}>", self.of(item)),
            Type::Named(name) => format!("{}{name}", self.module),
            Type::Duration => "std::time::Duration".to_owned(),
            Type::Time => "std::time::SystemTime".to_owned(),
            Type::Path => "std::path::PathBuf".to_owned(),
            Type::IpAddr | Type::SocketAddr => format!("std::net::{ty:?}"),
            Type::Tuple(items) => format!("({},)", listed(items.iter().map(|item| self.of(item)))),
            Type::Array(item, len) => format!("[{}; {len}]", self.of(item)),
            Type::Map(key, value) if is_key(self.library, key) => {
                format!("std::collections::BTreeMap<{}, {}>", self.of(key), self.of(value))
            }
            Type::Map(key, value) => self.marked("Entries", &format!("Vec<({}, {})>", self.of(key), self.of(value))),
            Type::Set(item) if is_key(self.library, item) => {
                format!("std::collections::BTreeSet<{}>", self.of(item))
            }
            Type::Set(item) => self.marked("Distinct", &format!("Vec<{}>", self.of(item))),
            scalar => format!("{scalar:?}").to_lowercase(),
        }
    }

    fn marked(&self, mark: &str, list: &str) -> String {
        self.marks.map_or_else(|| list.to_owned(), |marks| format!("{marks}{mark}<{list}>"))
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
