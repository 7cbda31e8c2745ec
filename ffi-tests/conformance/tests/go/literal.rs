//! Values as literals of Go, each of the type that the package has for it.

use conformance::Value;
use ffi_runtime::schema::{Field, Library, Payload, Shape, Type};
use heck::ToUpperCamelCase as _;

/// A value of a type of the library.
pub(crate) fn literal(library: &Library, ty: &Type, value: &Value) -> String {
    match (ty, value) {
        (_, Value::Int(number)) => format!("{}({number})", go(library, ty)),
        (_, Value::Float(number)) => format!("{}({})", go(library, ty), float(*number)),
        (_, Value::Bool(value)) => value.to_string(),
        (_, Value::Char(letter)) => format!("rune({:#x})", u32::from(*letter)),
        (_, Value::Text(text)) => quoted(text),
        (_, Value::Bytes(bytes)) => format!("[]byte({})", quoted_bytes(bytes)),
        (Type::List(item), Value::List(values)) => {
            let values: Vec<String> = values.iter().map(|value| literal(library, item, value)).collect();
            format!("{}{{{}}}", go(library, ty), values.join(", "))
        }
        (Type::Option(_), Value::Absent) => format!("({})(nil)", go(library, ty)),
        (Type::Option(item), Value::Present(value)) => {
            let value = literal(library, item, value);
            if spares_nil(library, item) { value } else { format!("pointer({value})") }
        }
        (Type::Boxed(item), Value::Boxed(value)) => literal(library, item, value),
        (_, Value::Variant { name, variant }) => format!("{name}{}", variant.to_upper_camel_case()),
        (_, Value::Wide { digits, .. }) => format!("wide(\"{digits}\")"),
        (_, Value::Duration { secs, nanos }) => format!("{secs}*time.Second + {nanos}"),
        (_, Value::Time { secs, nanos }) => format!("time.Unix({secs}, {nanos}).UTC()"),
        (Type::Path, Value::Formatted { text, .. }) => quoted(text),
        (Type::IpAddr, Value::Formatted { text, .. }) => format!("netip.MustParseAddr({})", quoted(text)),
        (Type::SocketAddr, Value::Formatted { text, .. }) => format!("netip.MustParseAddrPort({})", quoted(text)),
        (Type::Tuple(items), Value::Tuple { values, .. }) => {
            let values: Vec<String> =
                items.iter().zip(values).map(|(item, value)| literal(library, item, value)).collect();
            format!("{}{{{}}}", go(library, ty), values.join(", "))
        }
        (Type::Array(item, _), Value::Array { values, .. }) => {
            let values: Vec<String> = values.iter().map(|value| literal(library, item, value)).collect();
            format!("{}{{{}}}", go(library, ty), values.join(", "))
        }
        (Type::Map(key, value), Value::Map { entries, .. }) => {
            let pair = |(k, v): &(Value, Value)| (literal(library, key, k), literal(library, value, v));
            let pairs = entries.iter().map(pair);
            let pairs =
                pairs.map(|(k, v)| if is_key(library, key) { format!("{k}: {v}") } else { format!("{{{k}, {v}}}") });
            format!("{}{{{}}}", go(library, ty), pairs.collect::<Vec<_>>().join(", "))
        }
        (Type::Set(item), Value::Set { values, .. }) => {
            let end = if is_key(library, item) { ": {}" } else { "" };
            let values: Vec<String> = values.iter().map(|value| literal(library, item, value) + end).collect();
            format!("{}{{{}}}", go(library, ty), values.join(", "))
        }
        (_, Value::Record { name, fields }) => record(library, name, fields),
        (_, Value::Data { name, variant, payload, fields }) => data(library, name, variant, *payload, fields),
        _ => panic!("{value:?} is no {ty:?}"),
    }
}

fn record(library: &Library, name: &str, values: &[(String, Value)]) -> String {
    let Shape::Record { fields } = shape(library, name) else { panic!("{name} is no record") };
    let field = |(field, (name, value)): (&Field, &(String, Value))| {
        format!("{}: {}", name.to_upper_camel_case(), literal(library, &field.ty, value))
    };
    let fields: Vec<String> = fields.iter().zip(values).map(field).collect();
    format!("{name}{{{}}}", fields.join(", "))
}

fn data(library: &Library, name: &str, variant: &str, payload: Payload, values: &[(String, Value)]) -> String {
    let Shape::DataEnum { variants } = shape(library, name) else { panic!("{name} is no enum with data") };
    let of = variants.iter().find(|it| it.name == *variant).expect("a variant of the enum");
    let field = |(place, (field, (_, value))): (usize, (&Field, &(String, Value)))| {
        let called = match payload {
            Payload::Unit | Payload::Value => "Value".to_owned(),
            Payload::Tuple => format!("Field{place}"),
            Payload::Fields => field.name.to_upper_camel_case(),
        };
        format!("{called}: {}", literal(library, &field.ty, value))
    };
    let fields: Vec<String> = of.fields.iter().zip(values).enumerate().map(field).collect();
    format!("{name}{}{{{}}}", variant.to_upper_camel_case(), fields.join(", "))
}

fn shape<'l>(library: &'l Library, name: &str) -> &'l Shape {
    &library.types.iter().find(|def| def.name == name).expect("a described type").shape
}

/// Whether nil is none of the type's values, so that an option of it is nil for none.
fn spares_nil(library: &Library, ty: &Type) -> bool {
    match ty {
        Type::Boxed(item) => spares_nil(library, item),
        Type::I128 | Type::U128 => true,
        Type::Named(name) => matches!(shape(library, name), Shape::DataEnum { .. }),
        _ => false,
    }
}

/// Whether a map with these keys is Go's own.
fn is_key(library: &Library, ty: &Type) -> bool {
    match ty {
        Type::Named(name) => matches!(shape(library, name), Shape::Enumeration { .. }),
        Type::I8 | Type::I16 | Type::I32 | Type::I64 | Type::Isize | Type::Bool | Type::Char | Type::String => true,
        Type::U8 | Type::U16 | Type::U32 | Type::U64 | Type::Usize => true,
        Type::Path | Type::IpAddr | Type::SocketAddr | Type::Duration => true,
        Type::Tuple(items) => items.iter().all(|item| is_key(library, item)),
        Type::Array(item, _) => is_key(library, item),
        _ => false,
    }
}

/// The type in Go.
fn go(library: &Library, ty: &Type) -> String {
    let spelled = |ty| go(library, ty);
    match ty {
        Type::Isize => "int".to_owned(),
        Type::Usize => "uint".to_owned(),
        Type::F32 => "float32".to_owned(),
        Type::F64 => "float64".to_owned(),
        Type::Char => "rune".to_owned(),
        Type::Bytes => "[]byte".to_owned(),
        Type::List(item) => format!("[]{}", spelled(item)),
        Type::Option(item) if spares_nil(library, item) => spelled(item),
        Type::Option(item) => format!("*{}", spelled(item)),
        Type::Boxed(item) => spelled(item),
        Type::Named(name) => name.clone(),
        Type::I8 | Type::I16 | Type::I32 | Type::I64 => item(ty).replace('i', "int"),
        Type::U8 | Type::U16 | Type::U32 | Type::U64 => item(ty).replace('u', "uint"),
        Type::Bool | Type::String => item(ty),
        Type::I128 | Type::U128 => "*big.Int".to_owned(),
        Type::Duration => "time.Duration".to_owned(),
        Type::Time => "time.Time".to_owned(),
        Type::Path => "string".to_owned(),
        Type::IpAddr => "netip.Addr".to_owned(),
        Type::SocketAddr => "netip.AddrPort".to_owned(),
        Type::Tuple(items) => {
            format!("Tuple{}[{}]", items.len(), items.iter().map(spelled).collect::<Vec<_>>().join(", "))
        }
        Type::Array(item, len) => format!("[{len}]{}", spelled(item)),
        Type::Map(key, value) if is_key(library, key) => format!("map[{}]{}", spelled(key), spelled(value)),
        Type::Map(key, value) => format!("[]Entry[{}, {}]", spelled(key), spelled(value)),
        Type::Set(item) if is_key(library, item) => format!("map[{}]struct{{}}", spelled(item)),
        Type::Set(item) => format!("[]{}", spelled(item)),
    }
}

/// What the type's coder is named after.
pub(crate) fn item(ty: &Type) -> String {
    match ty {
        Type::List(of) => format!("list_{}", item(of)),
        Type::Option(of) => format!("option_{}", item(of)),
        Type::Boxed(of) => format!("box_{}", item(of)),
        Type::Tuple(of) => format!("tuple{}_{}", of.len(), of.iter().map(item).collect::<Vec<_>>().join("_")),
        Type::Array(of, len) => format!("array{len}_{}", item(of)),
        Type::Map(key, value) => format!("map2_{}_{}", item(key), item(value)),
        Type::Set(of) => format!("set_{}", item(of)),
        Type::IpAddr => "ip_addr".to_owned(),
        Type::SocketAddr => "socket_addr".to_owned(),
        Type::Named(name) => name.clone(),
        other => format!("{other:?}").to_lowercase(),
    }
}

fn float(number: f64) -> String {
    match number {
        _ if number.is_nan() => "math.NaN()".to_owned(),
        f64::INFINITY => "math.Inf(1)".to_owned(),
        f64::NEG_INFINITY => "math.Inf(-1)".to_owned(),
        0.0 if number.is_sign_negative() => "math.Copysign(0, -1)".to_owned(),
        _ => format!("{number:?}"),
    }
}

/// A text as a literal.
pub(crate) fn quoted(text: &str) -> String {
    quoted_bytes(text.as_bytes())
}

fn quoted_bytes(bytes: &[u8]) -> String {
    let letter = |&byte: &u8| match byte {
        b'"' | b'\\' => format!("\\{}", char::from(byte)),
        b' '..=b'~' => char::from(byte).to_string(),
        _ => format!("\\x{byte:02x}"),
    };
    format!("\"{}\"", bytes.iter().map(letter).collect::<String>())
}
