//! Writes JSON as CBOR.

use super::{Codec, JsonError, Place};
use crate::model::{Form, Int, is_optional};
use ciborium::Value as Cbor;
use ciborium::value::Integer;
use ffi_runtime::schema::{DataVariant, Field, Payload, Shape, Type};
use serde_json::Value as Json;

impl Codec<'_> {
    /// An object with these keys, in the order of their declaration.
    pub(super) fn object(self, members: &[(&str, &Type)], json: &Json, place: &Place<'_>) -> Result<Cbor, JsonError> {
        let object = json.as_object().ok_or_else(|| mismatch("an object", json, place))?;
        let is_known = |key: &String| members.iter().any(|(name, _)| name == key);
        if let Some(unknown) = object.keys().find(|key| !is_known(key)) {
            let names: Vec<_> = members.iter().map(|(name, _)| *name).collect();
            return Err(place.key(unknown).fault(format!("no such key; there are: {}", names.join(", "))));
        }
        let entries = members.iter().map(|&(name, ty)| {
            let place = place.key(name);
            let value = match object.get(name) {
                Some(json) => self.to_cbor(ty, json, &place)?,
                None if is_optional(ty) => Cbor::Null,
                None => return Err(place.fault("is missing")),
            };
            Ok((Cbor::Text(name.to_owned()), value))
        });
        entries.collect::<Result<_, _>>().map(Cbor::Map)
    }

    fn to_cbor(self, ty: &Type, json: &Json, place: &Place<'_>) -> Result<Cbor, JsonError> {
        Encoding { codec: self, json, place }.form(ty)
    }

    fn list(self, item: &Type, json: &Json, place: &Place<'_>) -> Result<Cbor, JsonError> {
        let items = json.as_array().ok_or_else(|| mismatch("an array", json, place))?;
        let items = items.iter().enumerate().map(|(index, json)| self.to_cbor(item, json, &place.index(index)));
        items.collect::<Result<_, _>>().map(Cbor::Array)
    }

    fn named(self, name: &str, json: &Json, place: &Place<'_>) -> Result<Cbor, JsonError> {
        match &self.def(name).map_err(|fault| JsonError::of(fault.under(&place.to_string())))?.shape {
            Shape::Record { fields } => {
                let members: Vec<_> = fields.iter().map(|field| (field.name.as_str(), &field.ty)).collect();
                self.object(&members, json, place)
            }
            Shape::Enumeration { variants } => {
                let said = text(json, place)?;
                let names: Vec<_> = variants.iter().map(|variant| variant.name.as_str()).collect();
                let unknown = || place.fault(format!("no such variant; there are: {}", names.join(", ")));
                names.contains(&said).then(|| Cbor::Text(said.to_owned())).ok_or_else(unknown)
            }
            Shape::DataEnum { variants } => self.variant(variants, json, place),
        }
    }

    /// A variant: its name, or an object of that one key and what the variant holds.
    fn variant(self, variants: &[DataVariant], json: &Json, place: &Place<'_>) -> Result<Cbor, JsonError> {
        let (said, held) = match json {
            Json::String(said) => (said, None),
            Json::Object(object) if object.len() == 1 => {
                object.iter().next().map(|(said, held)| (said, Some(held))).expect("one")
            }
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => {
                return Err(mismatch("the name of a variant, or an object of one variant", json, place));
            }
        };
        let Some(variant) = variants.iter().find(|variant| variant.name == *said) else {
            let names: Vec<_> = variants.iter().map(|variant| variant.name.as_str()).collect();
            return Err(place.fault(format!("no such variant; there are: {}", names.join(", "))));
        };
        let place = place.key(said);
        let held = match (variant.payload, held) {
            (Payload::Unit, None | Some(Json::Null)) => return Ok(Cbor::Text(said.clone())),
            (Payload::Unit, Some(held)) => return Err(mismatch("nothing", held, &place)),
            (Payload::Value | Payload::Tuple | Payload::Fields, None) => {
                return Err(place.fault("stands alone, and must hold something"));
            }
            (Payload::Value, Some(held)) => self.to_cbor(&variant.fields[0].ty, held, &place)?,
            (Payload::Tuple, Some(held)) => self.tuple(&variant.fields, held, &place)?,
            (Payload::Fields, Some(held)) => {
                let members: Vec<_> = variant.fields.iter().map(|field| (field.name.as_str(), &field.ty)).collect();
                self.object(&members, held, &place)?
            }
        };
        Ok(Cbor::Map(vec![(Cbor::Text(said.clone()), held)]))
    }

    /// An array with an element of each of these types.
    fn tuple(self, fields: &[Field], json: &Json, place: &Place<'_>) -> Result<Cbor, JsonError> {
        let items = json.as_array().filter(|items| items.len() == fields.len());
        let items = items.ok_or_else(|| mismatch(&format!("an array of {}", fields.len()), json, place))?;
        let items = fields.iter().zip(items).enumerate();
        let items = items.map(|(index, (field, json))| self.to_cbor(&field.ty, json, &place.index(index)));
        items.collect::<Result<_, _>>().map(Cbor::Array)
    }
}

/// A value on its way to the wire.
struct Encoding<'e> {
    codec: Codec<'e>,
    json: &'e Json,
    place: &'e Place<'e>,
}

impl<'t> Form<'t> for Encoding<'_> {
    type Formed = Result<Cbor, JsonError>;

    fn int(&self, int: Int) -> Self::Formed {
        integer(int, self.json, self.place)
    }

    fn float(&self, bits: u32) -> Self::Formed {
        float(bits, self.json, self.place)
    }

    fn bool(&self) -> Self::Formed {
        self.json.as_bool().map(Cbor::Bool).ok_or_else(|| mismatch("true or false", self.json, self.place))
    }

    fn char(&self) -> Self::Formed {
        character(self.json, self.place)
    }

    fn text(&self) -> Self::Formed {
        text(self.json, self.place).map(|text| Cbor::Text(text.to_owned()))
    }

    fn bytes(&self) -> Self::Formed {
        bytes(self.json, self.place)
    }

    fn list(&self, item: &'t Type) -> Self::Formed {
        self.codec.list(item, self.json, self.place)
    }

    fn option(&self, item: &'t Type) -> Self::Formed {
        if self.json.is_null() { Ok(Cbor::Null) } else { self.form(item) }
    }

    fn boxed(&self, item: &'t Type) -> Self::Formed {
        self.form(item)
    }

    fn named(&self, name: &'t str) -> Self::Formed {
        self.codec.named(name, self.json, self.place)
    }
}

fn integer(int: Int, json: &Json, place: &Place<'_>) -> Result<Cbor, JsonError> {
    let (min, max) = int.limits().into_inner();
    let number = match json {
        Json::Number(number) => number.as_i128(),
        Json::String(text) => text.parse().ok(),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => None,
    };
    let number = number.ok_or_else(|| mismatch("an integer", json, place))?;
    if number < min || number > max {
        return Err(place.fault(format!("expected an integer from {min} to {max}, found {number}")));
    }
    Ok(Cbor::Integer(Integer::try_from(number).expect("64 bits hold it")))
}

fn float(bits: u32, json: &Json, place: &Place<'_>) -> Result<Cbor, JsonError> {
    let number = match json {
        Json::Number(number) => number.as_f64(),
        Json::String(text) => named_float(text),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => None,
    };
    let number = number.ok_or_else(|| mismatch("a number", json, place))?;
    if bits != 32 {
        return Ok(Cbor::Float(number));
    }
    let rounded = rounded(number).ok_or_else(|| mismatch("a number that 32 bits hold", json, place))?;
    Ok(Cbor::Float(rounded))
}

/// The nearest number of 32 bits; `None` where a finite number would become infinite, or one that
/// is not zero would become so.
fn rounded(number: f64) -> Option<f64> {
    #[expect(clippy::cast_possible_truncation, reason = "a number for 32 bits is rounded to them")]
    let rounded = f64::from(number as f32);
    let is_lost = (number.is_finite() && rounded.is_infinite()) || (number != 0.0 && rounded == 0.0);
    (!is_lost).then_some(rounded)
}

fn named_float(text: &str) -> Option<f64> {
    match text {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        "-0" => Some(-0.0),
        _ => None,
    }
}

fn character(json: &Json, place: &Place<'_>) -> Result<Cbor, JsonError> {
    let said = text(json, place)?;
    if said.chars().count() == 1 {
        return Ok(Cbor::Text(said.to_owned()));
    }
    Err(mismatch("a text of one character", json, place))
}

fn bytes(json: &Json, place: &Place<'_>) -> Result<Cbor, JsonError> {
    let digits = json.as_str().and_then(|text| hex::decode(text).ok());
    digits.map(Cbor::Bytes).ok_or_else(|| mismatch("bytes as a text of hexadecimal digits", json, place))
}

fn text<'j>(json: &'j Json, place: &Place<'_>) -> Result<&'j str, JsonError> {
    json.as_str().ok_or_else(|| mismatch("a text", json, place))
}

fn mismatch(expected: &str, found: &Json, place: &Place<'_>) -> JsonError {
    let found = match found {
        Json::Array(_) => "an array".to_owned(),
        Json::Object(_) => "an object".to_owned(),
        scalar @ (Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_)) => scalar.to_string(),
    };
    place.fault(format!("expected {expected}, found {found}"))
}
