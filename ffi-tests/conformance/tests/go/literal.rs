//! Values as literals of Go, each of the type that the package has for it.

use conformance::Value;
use ffi_runtime::schema::{Library, Shape, Type};
use heck::ToUpperCamelCase as _;

/// A value of a type of the library.
pub(crate) fn literal(library: &Library, ty: &Type, value: &Value) -> String {
    match (ty, value) {
        (_, Value::Int(number)) => format!("{}({number})", go(ty)),
        (_, Value::Float(number)) => format!("{}({})", go(ty), float(*number)),
        (_, Value::Bool(value)) => value.to_string(),
        (_, Value::Char(letter)) => format!("rune({:#x})", u32::from(*letter)),
        (_, Value::Text(text)) => quoted(text),
        (_, Value::Bytes(bytes)) => format!("[]byte({})", quoted_bytes(bytes)),
        (Type::List(item), Value::List(values)) => {
            let values: Vec<String> = values.iter().map(|value| literal(library, item, value)).collect();
            format!("[]{}{{{}}}", go(item), values.join(", "))
        }
        (Type::Option(item), Value::Absent) => format!("(*{})(nil)", go(item)),
        (Type::Option(item), Value::Present(value)) => format!("pointer({})", literal(library, item, value)),
        (Type::Boxed(item), Value::Boxed(value)) => literal(library, item, value),
        (_, Value::Variant { name, variant }) => format!("{name}{}", variant.to_upper_camel_case()),
        (_, Value::Record { name, fields }) => record(library, name, fields),
        _ => panic!("{value:?} is no {ty:?}"),
    }
}

fn record(library: &Library, name: &str, values: &[(String, Value)]) -> String {
    let def = library.types.iter().find(|def| def.name == name).expect("a described type");
    let Shape::Record { fields } = &def.shape else { panic!("{name} is no record") };
    let field = |(field, (name, value)): (&ffi_runtime::schema::Field, &(String, Value))| {
        format!("{}: {}", name.to_upper_camel_case(), literal(library, &field.ty, value))
    };
    let fields: Vec<String> = fields.iter().zip(values).map(field).collect();
    format!("{name}{{{}}}", fields.join(", "))
}

/// The type in Go.
fn go(ty: &Type) -> String {
    match ty {
        Type::Isize => "int".to_owned(),
        Type::Usize => "uint".to_owned(),
        Type::F32 => "float32".to_owned(),
        Type::F64 => "float64".to_owned(),
        Type::Char => "rune".to_owned(),
        Type::Bytes => "[]byte".to_owned(),
        Type::List(item) => format!("[]{}", go(item)),
        Type::Option(item) => format!("*{}", go(item)),
        Type::Boxed(item) => go(item),
        Type::Named(name) => name.clone(),
        Type::I8 | Type::I16 | Type::I32 | Type::I64 => item(ty).replace('i', "int"),
        Type::U8 | Type::U16 | Type::U32 | Type::U64 => item(ty).replace('u', "uint"),
        Type::Bool | Type::String => item(ty),
    }
}

/// What the type's coder is named after.
pub(crate) fn item(ty: &Type) -> String {
    match ty {
        Type::List(of) => format!("list_{}", item(of)),
        Type::Option(of) => format!("option_{}", item(of)),
        Type::Boxed(of) => format!("box_{}", item(of)),
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
