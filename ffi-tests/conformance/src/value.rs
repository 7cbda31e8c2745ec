//! A value whose type is resolved, ready to be written in any language.

use ffi_runtime::schema::{DataVariant, Field, Library, Payload, Shape, Type};
use serde_json::Value as Json;

/// A value of one of the library's types.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// An integer of any width.
    Int(i128),
    /// A float; one of 32 bits is exactly what it says.
    Float(f64),
    /// A truth value.
    Bool(bool),
    /// A character.
    Char(char),
    /// A text, which may hold NULs.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A list.
    List(Vec<Value>),
    /// An option without a value.
    Absent,
    /// An option with one.
    Present(Box<Value>),
    /// What stands in a box.
    Boxed(Box<Value>),
    /// A record, its fields in the order of their declaration.
    Record {
        /// The type's name.
        name: String,
        /// The fields by their names on the wire.
        fields: Vec<(String, Value)>,
    },
    /// A variant of an enumeration.
    Variant {
        /// The type's name.
        name: String,
        /// The variant's name on the wire.
        variant: String,
    },
    /// A variant of an enum with data.
    Data {
        /// The type's name.
        name: String,
        /// The variant's name on the wire.
        variant: String,
        /// What it holds.
        payload: Payload,
        /// Its fields in the order of their declaration, by their names in the schema.
        fields: Vec<(String, Value)>,
    },
    /// An integer of 128 bits, as its digits.
    Wide {
        /// Its digits, behind a sign where it is below zero.
        digits: String,
        /// Whether its type has a sign.
        is_signed: bool,
    },
    /// A span of time.
    Duration {
        /// Whole seconds.
        secs: u64,
        /// Nanoseconds beside them.
        nanos: u32,
    },
    /// A point in time.
    Time {
        /// Whole seconds since 1970.
        secs: i64,
        /// Nanoseconds after those.
        nanos: u32,
    },
    /// A path or a network address.
    Formatted {
        /// Which of them: `Path`, `IpAddr` or `SocketAddr`.
        ty: Type,
        /// Its text.
        text: String,
    },
    /// A tuple.
    Tuple {
        /// Its type.
        ty: Type,
        /// Its values.
        values: Vec<Value>,
    },
    /// An array; one of bytes holds integers, too.
    Array {
        /// Its type.
        ty: Type,
        /// Its values.
        values: Vec<Value>,
    },
    /// A map.
    Map {
        /// Its type.
        ty: Type,
        /// Its entries, in the order of the vector.
        entries: Vec<(Value, Value)>,
    },
    /// A set.
    Set {
        /// Its type.
        ty: Type,
        /// Its values, in the order of the vector.
        values: Vec<Value>,
    },
    /// What a function answers that returns nothing.
    Nothing,
}

impl Value {
    /// Reads a value of this type.
    ///
    /// # Panics
    /// Where it is not one.
    pub fn new(library: &Library, ty: &Type, json: &Json) -> Self {
        let read = |ty| Self::new(library, ty, json);
        match ty {
            Type::F32 | Type::F64 => Self::Float(float(json)),
            Type::Bool => Self::Bool(json.as_bool().expect("a truth value")),
            Type::Char => Self::Char(text(json).chars().next().expect("a character")),
            Type::String => Self::Text(text(json).to_owned()),
            Type::Bytes => Self::Bytes(hex::decode(text(json)).expect("bytes")),
            Type::List(item) => Self::List(list(library, item, json)),
            Type::Option(_) if json.is_null() => Self::Absent,
            Type::Option(item) => Self::Present(Box::new(read(item))),
            Type::Boxed(item) => Self::Boxed(Box::new(read(item))),
            Type::Named(name) => named(library, name, json),
            Type::I128 | Type::U128 => Self::Wide { digits: digits(json), is_signed: *ty == Type::I128 },
            Type::Duration => duration(text(json)),
            Type::Time => time(json),
            Type::Path | Type::IpAddr | Type::SocketAddr => {
                Self::Formatted { ty: ty.clone(), text: text(json).to_owned() }
            }
            Type::Tuple(items) => {
                let values = items.iter().zip(array(json)).map(|(item, json)| Self::new(library, item, json));
                Self::Tuple { ty: ty.clone(), values: values.collect() }
            }
            Type::Array(item, _) if **item == Type::U8 => {
                let bytes = hex::decode(text(json)).expect("bytes");
                Self::Array { ty: ty.clone(), values: bytes.into_iter().map(|byte| Self::Int(byte.into())).collect() }
            }
            Type::Array(item, _) => Self::Array { ty: ty.clone(), values: list(library, item, json) },
            Type::Set(item) => Self::Set { ty: ty.clone(), values: list(library, item, json) },
            Type::Map(key, value) => {
                let entry = |(k, v): (Json, &Json)| (Self::new(library, key, &k), Self::new(library, value, v));
                Self::Map { ty: ty.clone(), entries: entries(json).into_iter().map(entry).collect() }
            }
            Type::I8 | Type::I16 | Type::I32 | Type::I64 | Type::Isize => Self::Int(integer(json)),
            Type::U8 | Type::U16 | Type::U32 | Type::U64 | Type::Usize => Self::Int(integer(json)),
        }
    }

    /// Reads what a function returns, or an event tells, if that is anything.
    pub(crate) fn of(library: &Library, ty: Option<&Type>, json: &Json) -> Self {
        ty.map_or(Self::Nothing, |ty| Self::new(library, ty, json))
    }
}

fn list(library: &Library, item: &Type, json: &Json) -> Vec<Value> {
    let items = json.as_array().expect("an array");
    items.iter().map(|json| Value::new(library, item, json)).collect()
}

fn array(json: &Json) -> &[Json] {
    json.as_array().expect("an array")
}

/// The entries of a map: an object, or an array of pairs.
fn entries(json: &Json) -> Vec<(Json, &Json)> {
    match json.as_object() {
        Some(object) => object.iter().map(|(key, value)| (Json::String(key.clone()), value)).collect(),
        None => array(json).iter().map(|pair| (pair[0].clone(), &pair[1])).collect(),
    }
}

fn digits(json: &Json) -> String {
    json.as_str().map_or_else(|| json.to_string(), str::to_owned)
}

fn duration(text: &str) -> Value {
    let (secs, fraction) = text.trim_end_matches('s').split_once('.').unwrap_or((text.trim_end_matches('s'), ""));
    let nanos = format!("{fraction:0<9}").parse().expect("nanoseconds");
    Value::Duration { secs: secs.parse().expect("seconds"), nanos }
}

fn time(json: &Json) -> Value {
    let (secs, nanos) = ffi_runtime::rfc3339::parse(text(json)).expect("a time of four digits' years");
    Value::Time { secs, nanos }
}

fn named(library: &Library, name: &str, json: &Json) -> Value {
    let def = library.types.iter().find(|def| def.name == name).expect("a described type");
    match &def.shape {
        Shape::Enumeration { .. } => Value::Variant { name: name.to_owned(), variant: text(json).to_owned() },
        Shape::Record { fields } => {
            let fields = fields.iter().map(|it| (it.name.clone(), Value::new(library, &it.ty, &json[&it.name])));
            Value::Record { name: name.to_owned(), fields: fields.collect() }
        }
        Shape::DataEnum { variants } => data(library, name, variants, json),
    }
}

fn data(library: &Library, name: &str, variants: &[DataVariant], json: &Json) -> Value {
    let (said, held) = match json.as_object() {
        Some(object) => object.iter().next().expect("a variant"),
        None => (&text(json).to_owned(), &Json::Null),
    };
    let variant = variants.iter().find(|variant| variant.name == *said).expect("a variant of the enum");
    let held = |(place, field): (usize, &Field)| match variant.payload {
        Payload::Unit | Payload::Value => held,
        Payload::Tuple => &held[place],
        Payload::Fields => &held[&field.name],
    };
    let fields = variant.fields.iter().enumerate();
    let fields = fields.map(|(at, it)| (it.name.clone(), Value::new(library, &it.ty, held((at, it)))));
    Value::Data { name: name.to_owned(), variant: said.clone(), payload: variant.payload, fields: fields.collect() }
}

fn text(json: &Json) -> &str {
    json.as_str().expect("a text")
}

fn integer(json: &Json) -> i128 {
    let number = json.as_number().and_then(serde_json::Number::as_i128);
    number.or_else(|| json.as_str()?.parse().ok()).expect("an integer")
}

fn float(json: &Json) -> f64 {
    match json.as_str() {
        None => json.as_f64().expect("a number"),
        Some("NaN") => f64::NAN,
        Some("Infinity") => f64::INFINITY,
        Some("-Infinity") => f64::NEG_INFINITY,
        Some("-0") => -0.0,
        Some(other) => panic!("{other} is no number"),
    }
}
