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
            _ => Self::Int(integer(json)),
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
