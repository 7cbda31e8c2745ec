//! From the wire to JSON.

use super::{Codec, GREATEST, JsonError, Place, entry};
use crate::model::{Form, Int, is_optional, rust_name};
use ciborium::Value as Cbor;
use ffi_runtime::schema::{Shape, Type};
use serde_json::{Map, Number, Value as Json};
use std::ops::RangeInclusive;

impl Codec<'_> {
    /// The value of what a function returns, or an event tells: null where that is nothing.
    pub(super) fn optional(self, ty: Option<&Type>, cbor: &Cbor, place: &Place<'_>) -> Result<Json, JsonError> {
        match (ty, cbor) {
            (Some(ty), _) => self.to_json(ty, cbor, place),
            (None, Cbor::Null) => Ok(Json::Null),
            (None, _) => Err(mismatch("null", cbor, place)),
        }
    }

    fn to_json(self, ty: &Type, cbor: &Cbor, place: &Place<'_>) -> Result<Json, JsonError> {
        let read = Decoding { codec: self, cbor, place }.form(ty);
        read.unwrap_or_else(|| Err(mismatch(&rust_name(ty), cbor, place)))
    }

    fn array(self, item: &Type, items: &[Cbor], place: &Place<'_>) -> Result<Json, JsonError> {
        let items = items.iter().enumerate().map(|(index, cbor)| self.to_json(item, cbor, &place.index(index)));
        items.collect::<Result<_, _>>().map(Json::Array)
    }

    fn named_value(self, name: &str, cbor: &Cbor, place: &Place<'_>) -> Result<Json, JsonError> {
        match &self.def(name, place)?.shape {
            Shape::Enumeration { variants } => {
                let said = cbor.as_text().ok_or_else(|| mismatch(name, cbor, place))?;
                let is_known = variants.iter().any(|variant| variant.name == said);
                if is_known { Ok(said.into()) } else { Err(place.fault(format!("no variant {said:?}"))) }
            }
            Shape::Record { .. } if !cbor.is_map() => Err(mismatch(name, cbor, place)),
            Shape::Record { fields } => {
                let mut object = Map::new();
                for field in fields {
                    let place = place.key(&field.name);
                    let value = match entry(cbor, &field.name, &place)? {
                        Some(value) => self.to_json(&field.ty, value, &place)?,
                        None if is_optional(&field.ty) => Json::Null,
                        None => return Err(place.fault("is missing")),
                    };
                    object.insert(field.name.clone(), value);
                }
                Ok(Json::Object(object))
            }
        }
    }
}

/// A value on its way to JSON.
struct Decoding<'d> {
    codec: Codec<'d>,
    cbor: &'d Cbor,
    place: &'d Place<'d>,
}

/// `None` where the CBOR is of another kind.
impl<'t> Form<'t> for Decoding<'_> {
    type Formed = Option<Result<Json, JsonError>>;

    fn int(&self, int: Int) -> Self::Formed {
        self.cbor.as_integer().map(|number| integer(number.into(), &int.limits(), self.place))
    }

    fn float(&self, bits: u32) -> Self::Formed {
        let number = self.cbor.as_float()?;
        Some(if bits == 32 { single(number, self.place) } else { Ok(float(number)) })
    }

    fn bool(&self) -> Self::Formed {
        self.cbor.as_bool().map(|truth| Ok(Json::Bool(truth)))
    }

    fn char(&self) -> Self::Formed {
        self.cbor.as_text().map(|text| character(text, self.place))
    }

    fn text(&self) -> Self::Formed {
        self.cbor.as_text().map(|text| Ok(Json::String(text.to_owned())))
    }

    fn bytes(&self) -> Self::Formed {
        self.cbor.as_bytes().map(|bytes| Ok(Json::String(hex::encode(bytes))))
    }

    fn list(&self, item: &'t Type) -> Self::Formed {
        self.cbor.as_array().map(|items| self.codec.array(item, items, self.place))
    }

    fn option(&self, item: &'t Type) -> Self::Formed {
        if self.cbor.is_null() { Some(Ok(Json::Null)) } else { self.boxed(item) }
    }

    fn boxed(&self, item: &'t Type) -> Self::Formed {
        Some(self.codec.to_json(item, self.cbor, self.place))
    }

    fn named(&self, name: &'t str) -> Self::Formed {
        Some(self.codec.named_value(name, self.cbor, self.place))
    }
}

fn mismatch(expected: &str, found: &Cbor, place: &Place<'_>) -> JsonError {
    let found = match found {
        Cbor::Integer(_) => "an integer",
        Cbor::Bytes(_) => "bytes",
        Cbor::Float(_) => "a float",
        Cbor::Text(_) => "a text",
        Cbor::Bool(_) => "a boolean",
        Cbor::Null => "null",
        Cbor::Array(_) => "a list",
        Cbor::Map(_) => "a map",
        Cbor::Tag(..) | _ => "a tag",
    };
    place.fault(format!("expected {expected}, found {found}"))
}

fn integer(number: i128, range: &RangeInclusive<i128>, place: &Place<'_>) -> Result<Json, JsonError> {
    if !range.contains(&number) {
        return Err(place.fault(format!("{number} is out of range")));
    }
    let is_exact = (-GREATEST..=GREATEST).contains(&number);
    let exact = if is_exact { Number::from_i128(number) } else { None };
    Ok(exact.map_or_else(|| Json::String(number.to_string()), Json::Number))
}

fn character(text: &str, place: &Place<'_>) -> Result<Json, JsonError> {
    match text.chars().count() {
        1 => Ok(Json::String(text.to_owned())),
        count => Err(place.fault(format!("expected one character, found {count}"))),
    }
}

/// Rounded to the nearest; but what is finite stays so, and what is not zero is none then.
#[expect(clippy::cast_possible_truncation, reason = "what 32 bits do not hold is told")]
fn single(number: f64, place: &Place<'_>) -> Result<Json, JsonError> {
    let nearest = f64::from(number as f32);
    let is_kept = nearest.is_finite() == number.is_finite() && (nearest == 0.0) == (number == 0.0);
    if is_kept { Ok(float(nearest)) } else { Err(place.fault(format!("{number} is out of range"))) }
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
