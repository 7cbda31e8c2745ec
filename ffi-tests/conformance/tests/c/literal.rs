//! Values as expressions of C.

use crate::native::{bits, held, integer, quoted, words};
use conformance::Value;
use ffi_runtime::schema::{Library, Param, Payload, Shape, Type};

/// The arguments of a function, as they stand in a request.
pub(crate) fn arguments(library: &Library, function: &str, request: &serde_json::Value) -> Vec<String> {
    let function = library.functions.iter().find(|it| it.name == function).expect("a function");
    let argument = |it: &Param| {
        let value = literal(library, &it.ty, &Value::new(library, &it.ty, &request[&it.name]));
        if holds_union(library, &it.ty) { format!("&{value}") } else { value }
    };
    function.params.iter().map(argument).collect()
}

/// Whether a parameter of the type is a pointer, since its C form holds a union.
fn holds_union(library: &Library, ty: &Type) -> bool {
    match ty {
        Type::Option(item) | Type::Array(item, _) => holds_union(library, item),
        Type::Tuple(items) => items.iter().any(|item| holds_union(library, item)),
        Type::Named(name) => match &library.types.iter().find(|def| def.name == *name).expect("a described type").shape
        {
            Shape::DataEnum { .. } => true,
            Shape::Record { fields } => fields.iter().any(|field| holds_union(library, &field.ty)),
            Shape::Enumeration { .. } => false,
        },
        _ => false,
    }
}

/// An expression of the type, inside a function.
pub(crate) fn literal(library: &Library, ty: &Type, value: &Value) -> String {
    let spelled = spell(ty);
    match (ty, value) {
        (_, Value::Int(number)) => integer(*number),
        (Type::F32, Value::Float(number)) => format!("f32_of(UINT32_C({}))", bits(ty, *number)),
        (_, Value::Float(number)) => format!("f64_of(UINT64_C({}))", bits(ty, *number)),
        (_, Value::Bool(yes)) => u8::from(*yes).to_string(),
        (_, Value::Char(letter)) => u32::from(*letter).to_string(),
        (_, Value::Text(text)) => format!("EVERY_TEXT({})", quoted(text)),
        (_, Value::Bytes(bytes)) => list(&spelled, "uint8_t", &bytes.iter().map(u8::to_string).collect::<Vec<_>>()),
        (Type::List(item), Value::List(items)) => {
            let items: Vec<String> = items.iter().map(|it| literal(library, item, it)).collect();
            list(&spelled, &spell(item), &items)
        }
        (_, Value::Absent) => format!("({spelled}){{.present = 0}}"),
        (Type::Option(item), Value::Present(inner)) => format!("({spelled}){{1, {}}}", literal(library, item, inner)),
        (Type::Boxed(item), Value::Boxed(inner)) => {
            format!("({} const[]){{{}}}", spell(item), literal(library, item, inner))
        }
        (_, Value::Record { name, fields }) => {
            let def = library.types.iter().find(|def| def.name == *name).expect("a described type");
            let Shape::Record { fields: types } = &def.shape else { panic!("{name} is a record") };
            let fields = types.iter().zip(fields).map(|(field, (_, value))| literal(library, &field.ty, value));
            let fields: Vec<String> = fields.collect();
            // A struct without fields has a byte.
            format!("({spelled}){{{}}}", if fields.is_empty() { "0".to_owned() } else { fields.join(", ") })
        }
        (_, Value::Variant { variant, .. }) => format!("{spelled}_{variant}"),
        (_, Value::Data { variant, payload, .. }) => {
            let held: Vec<String> = held(library, value).map(|(ty, it)| literal(library, ty, it)).collect();
            let held = match payload {
                Payload::Unit => return format!("({spelled}){{.tag = {spelled}_{variant}}}"),
                Payload::Value => held.concat(),
                Payload::Tuple | Payload::Fields => format!("{{{}}}", held.join(", ")),
            };
            format!("({spelled}){{{spelled}_{variant}, {{.{variant} = {held}}}}}")
        }
        (_, Value::Wide { digits, is_signed }) => {
            let (low, high) = words(digits, *is_signed);
            format!("({spelled}){{UINT64_C({low}), {}}}", integer(high))
        }
        (_, Value::Duration { secs, nanos }) => format!("({spelled}){{{}, {nanos}}}", integer((*secs).into())),
        (_, Value::Time { secs, nanos }) => format!("({spelled}){{{}, {nanos}}}", integer((*secs).into())),
        (_, Value::Formatted { text, .. }) => format!("EVERY_TEXT({})", quoted(text)),
        (Type::Tuple(types), Value::Tuple { values, .. }) => {
            let values = types.iter().zip(values).map(|(ty, it)| literal(library, ty, it));
            format!("({spelled}){{{}}}", values.collect::<Vec<_>>().join(", "))
        }
        (Type::Array(item, _), Value::Array { values, .. }) => {
            let values = values.iter().map(|it| literal(library, item, it));
            format!("({spelled}){{{{{}}}}}", values.collect::<Vec<_>>().join(", "))
        }
        (Type::Set(item), Value::Set { values, .. }) => {
            let values: Vec<String> = values.iter().map(|it| literal(library, item, it)).collect();
            list(&spelled, &spell(item), &values)
        }
        (Type::Map(key, held), Value::Map { entries, .. }) => {
            let entry = |(at, it): &(Value, Value)| {
                format!("{{{}, {}}}", literal(library, key, at), literal(library, held, it))
            };
            let entries: Vec<String> = entries.iter().map(entry).collect();
            list(&spelled, &format!("every_entry2_{}_{}", item(key), item(held)), &entries)
        }
        (ty, value) => panic!("{value:?} is no {ty:?}"),
    }
}

fn list(ty: &str, item: &str, items: &[String]) -> String {
    if items.is_empty() {
        return format!("({ty}){{NULL, 0}}");
    }
    format!("({ty}){{({item}[]){{{}}}, {}}}", items.join(", "), items.len())
}

/// The C type.
pub(crate) fn spell(ty: &Type) -> String {
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
        Type::String | Type::Path | Type::IpAddr | Type::SocketAddr => "every_text",
        Type::Boxed(item) => return format!("{} const *", spell(item)),
        Type::Bytes | Type::List(_) | Type::Option(_) | Type::Named(_) => return codec(ty),
        Type::I128 | Type::U128 | Type::Duration | Type::Time => return codec(ty),
        Type::Tuple(_) | Type::Array(..) | Type::Map(..) | Type::Set(_) => return codec(ty),
    };
    name.to_owned()
}

/// What the type's helpers begin with.
pub(crate) fn codec(ty: &Type) -> String {
    let is_text = matches!(ty, Type::Path | Type::IpAddr | Type::SocketAddr);
    format!("every_{}", item(if is_text { &Type::String } else { ty }))
}

fn item(ty: &Type) -> String {
    match ty {
        Type::List(of) => format!("list_{}", item(of)),
        Type::Option(of) => format!("option_{}", item(of)),
        Type::Boxed(of) => format!("box_{}", item(of)),
        Type::Named(name) => name.clone(),
        Type::Tuple(items) => {
            format!("tuple{}_{}", items.len(), items.iter().map(item).collect::<Vec<_>>().join("_"))
        }
        Type::Array(of, len) => format!("array{len}_{}", item(of)),
        Type::Map(key, value) => format!("map2_{}_{}", item(key), item(value)),
        Type::Set(of) => format!("set_{}", item(of)),
        Type::IpAddr => "ip_addr".to_owned(),
        Type::SocketAddr => "socket_addr".to_owned(),
        other => format!("{other:?}").to_lowercase(),
    }
}
