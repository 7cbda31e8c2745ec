//! From the wire to JSON.

use super::{Codec, GREATEST, JsonError, Place, entry};
use ciborium::Value as Cbor;
use ffi_runtime::schema::{Shape, Type};
use serde_json::{Map, Number, Value as Json};

impl Codec<'_> {
    /// The value of what a function returns, or an event tells, if that is anything.
    pub(super) fn optional(self, ty: Option<&Type>, cbor: &Cbor, place: &Place<'_>) -> Result<Json, JsonError> {
        ty.map_or(Ok(Json::Null), |ty| self.to_json(ty, cbor, place))
    }

    fn to_json(self, ty: &Type, cbor: &Cbor, place: &Place<'_>) -> Result<Json, JsonError> {
        match (ty, cbor) {
            (Type::Option(_), Cbor::Null) => Ok(Json::Null),
            (Type::Option(item) | Type::Boxed(item), _) => self.to_json(item, cbor, place),
            (Type::List(item), Cbor::Array(items)) => self.array(item, items, place),
            (Type::Named(name), _) => self.named_value(name, cbor, place),
            (Type::F32 | Type::F64, Cbor::Float(number)) => Ok(float(*number)),
            (Type::Bytes, Cbor::Bytes(bytes)) => Ok(Json::String(hex::encode(bytes))),
            (Type::Bool, Cbor::Bool(value)) => Ok(Json::Bool(*value)),
            (Type::String | Type::Char, Cbor::Text(text)) => Ok(Json::String(text.clone())),
            (_, Cbor::Integer(number)) if is_integer(ty) => Ok(integer((*number).into())),
            _ => Err(place.fault(format!("expected {}, found {cbor:?}", crate::model::rust_name(ty)))),
        }
    }

    fn array(self, item: &Type, items: &[Cbor], place: &Place<'_>) -> Result<Json, JsonError> {
        let items = items.iter().enumerate().map(|(index, cbor)| self.to_json(item, cbor, &place.index(index)));
        items.collect::<Result<_, _>>().map(Json::Array)
    }

    fn named_value(self, name: &str, cbor: &Cbor, place: &Place<'_>) -> Result<Json, JsonError> {
        match (&self.def(name, place)?.shape, cbor) {
            (Shape::Enumeration { .. }, Cbor::Text(variant)) => Ok(Json::String(variant.clone())),
            (Shape::Record { fields }, Cbor::Map(_)) => {
                let mut object = Map::new();
                for field in fields {
                    let place = place.key(&field.name);
                    let value = entry(cbor, &field.name).ok_or_else(|| place.fault("is missing"))?;
                    object.insert(field.name.clone(), self.to_json(&field.ty, value, &place)?);
                }
                Ok(Json::Object(object))
            }
            _ => Err(place.fault(format!("expected {name}, found {cbor:?}"))),
        }
    }
}

fn is_integer(ty: &Type) -> bool {
    use Type::{I8, I16, I32, I64, Isize, U8, U16, U32, U64, Usize};
    matches!(ty, I8 | I16 | I32 | I64 | Isize | U8 | U16 | U32 | U64 | Usize)
}

fn integer(number: i128) -> Json {
    let is_exact = (-GREATEST..=GREATEST).contains(&number);
    let exact = if is_exact { Number::from_i128(number) } else { None };
    exact.map_or_else(|| Json::String(number.to_string()), Json::Number)
}

fn float(number: f64) -> Json {
    let text = |name: &str| Json::String(name.to_owned());
    match Number::from_f64(number) {
        _ if number == 0.0 && number.is_sign_negative() => text("-0"),
        Some(number) => Json::Number(number),
        None if number.is_nan() => text("NaN"),
        None if number > 0.0 => text("Infinity"),
        None => text("-Infinity"),
    }
}
