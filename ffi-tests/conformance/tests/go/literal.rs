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
            if is_interface(library, item) { value } else { format!("pointer({value})") }
        }
        (Type::Boxed(item), Value::Boxed(value)) => literal(library, item, value),
        (_, Value::Variant { name, variant }) => format!("{name}{}", variant.to_upper_camel_case()),
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

/// Whether the type is an enum with data, which is an interface.
fn is_interface(library: &Library, ty: &Type) -> bool {
    match ty {
        Type::Boxed(item) => is_interface(library, item),
        Type::Named(name) => matches!(shape(library, name), Shape::DataEnum { .. }),
        _ => false,
    }
}

/// The type in Go.
fn go(library: &Library, ty: &Type) -> String {
    match ty {
        Type::Isize => "int".to_owned(),
        Type::Usize => "uint".to_owned(),
        Type::F32 => "float32".to_owned(),
        Type::F64 => "float64".to_owned(),
        Type::Char => "rune".to_owned(),
        Type::Bytes => "[]byte".to_owned(),
        Type::List(item) => format!("[]{}", go(library, item)),
        Type::Option(item) if is_interface(library, item) => go(library, item),
        Type::Option(item) => format!("*{}", go(library, item)),
        Type::Boxed(item) => go(library, item),
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
