//! Writes JSON as CBOR.

use super::{Codec, JsonError, Place, format, times};
use crate::model::{Form, Int, Kind, is_optional};
use ciborium::Value as Cbor;
use ciborium::value::Integer;
use ffi_runtime::schema::{DataVariant, Payload, Shape, Type};
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

    /// An array with an element of each of these types.
    fn values(self, items: &[&Type], json: &Json, place: &Place<'_>) -> Result<Cbor, JsonError> {
        let values = json.as_array().filter(|values| values.len() == items.len());
        let values = values.ok_or_else(|| mismatch(&format!("an array of {}", items.len()), json, place))?;
        let values = items.iter().zip(values).enumerate();
        let values = values.map(|(index, (item, json))| self.to_cbor(item, json, &place.index(index)));
        values.collect::<Result<_, _>>().map(Cbor::Array)
    }

    fn set(self, item: &Type, json: &Json, place: &Place<'_>) -> Result<Cbor, JsonError> {
        let Cbor::Array(items) = self.list(item, json, place)? else { return Err(mismatch("an array", json, place)) };
        let mut sorted = Vec::new();
        for (index, item) in items.into_iter().enumerate() {
            sorted.push((encoded(&item), index, item));
        }
        sort(&mut sorted, |index| place.index(index).fault("stands twice"))?;
        Ok(Cbor::Array(sorted.into_iter().map(|(_, _, item)| item).collect()))
    }

    /// An object, or an array of pairs.
    fn map(self, (key, value): (&Type, &Type), json: &Json, place: &Place<'_>) -> Result<Cbor, JsonError> {
        let pairs: Vec<(Json, &Json)> = match json {
            Json::Object(object) if self.is_text(key) => {
                object.iter().map(|(key, value)| (Json::String(key.clone()), value)).collect()
            }
            Json::Array(items) => {
                let pair = |(index, item): (usize, &'_ Json)| match item.as_array().map(Vec::as_slice) {
                    Some([_, _]) => Ok((item[0].clone(), index)),
                    _ => Err(mismatch("an array of a key and a value", item, &place.index(index))),
                };
                let keys = items.iter().enumerate().map(pair).collect::<Result<Vec<_>, _>>()?;
                keys.into_iter().map(|(key, index)| (key, &items[index][1])).collect()
            }
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Object(_) => {
                let expected = if self.is_text(key) { "an object" } else { "an array of pairs" };
                return Err(mismatch(expected, json, place));
            }
        };
        let mut sorted = Vec::new();
        for (index, (key_json, value_json)) in pairs.iter().enumerate() {
            let place = place.index(index);
            let key = self.to_cbor(key, key_json, &place.key("key"))?;
            let value = self.to_cbor(value, value_json, &place.key("value"))?;
            sorted.push((encoded(&key), index, (key, value)));
        }
        sort(&mut sorted, |index| place.index(index).key("key").fault("stands twice"))?;
        Ok(Cbor::Map(sorted.into_iter().map(|(_, _, entry)| entry).collect()))
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
            (Payload::Tuple, Some(held)) => {
                self.values(&variant.fields.iter().map(|field| &field.ty).collect::<Vec<_>>(), held, &place)?
            }
            (Payload::Fields, Some(held)) => {
                let members: Vec<_> = variant.fields.iter().map(|field| (field.name.as_str(), &field.ty)).collect();
                self.object(&members, held, &place)?
            }
        };
        Ok(Cbor::Map(vec![(Cbor::Text(said.clone()), held)]))
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

    fn wide(&self, is_signed: bool) -> Self::Formed {
        wide(is_signed, self.json, self.place)
    }

    fn duration(&self) -> Self::Formed {
        let (secs, nanos) = self
            .json
            .as_str()
            .and_then(format::parse_duration)
            .ok_or_else(|| mismatch("seconds and an s, as \"1.5s\"", self.json, self.place))?;
        Ok(Cbor::Array(vec![secs.into(), nanos.into()]))
    }

    fn time(&self) -> Self::Formed {
        let counted = |json: &Json| {
            let nanos = u32::try_from(json.get("nanos")?.as_u64()?).ok().filter(|&nanos| nanos < times::SECOND)?;
            Some((json.get("secs")?.as_i64()?, nanos))
        };
        let moment = self.json.as_str().map_or_else(|| counted(self.json), format::parse_time);
        let expected = "a time as RFC 3339 has it, or an object of secs and nanos";
        let (secs, nanos) = moment.ok_or_else(|| mismatch(expected, self.json, self.place))?;
        Ok(Cbor::Tag(times::TIME, Box::new(Cbor::Map(vec![(1.into(), secs.into()), ((-9).into(), nanos.into())]))))
    }

    fn tuple(&self, items: &'t [Type]) -> Self::Formed {
        self.codec.values(&items.iter().collect::<Vec<_>>(), self.json, self.place)
    }

    fn array(&self, item: &'t Type, len: u64) -> Self::Formed {
        let len = usize::try_from(len).expect("a length in memory");
        if Kind::of(item) != Kind::of(&Type::U8) {
            return self.codec.values(&vec![item; len], self.json, self.place);
        }
        let bytes = self.bytes()?;
        if bytes.as_bytes().is_some_and(|bytes| bytes.len() == len) {
            return Ok(bytes);
        }
        Err(mismatch(&format!("{len} bytes as a text of hexadecimal digits"), self.json, self.place))
    }

    fn map(&self, key: &'t Type, value: &'t Type) -> Self::Formed {
        self.codec.map((key, value), self.json, self.place)
    }

    fn set(&self, item: &'t Type) -> Self::Formed {
        self.codec.set(item, self.json, self.place)
    }

    fn named(&self, name: &'t str) -> Self::Formed {
        self.codec.named(name, self.json, self.place)
    }
}

/// What is sorted by its bytes, with the place where it was.
type Sorted<T> = Vec<(Vec<u8>, usize, T)>;

/// Sorts as the wire has it, and refuses two of the same bytes.
fn sort<T>(items: &mut Sorted<T>, twice: impl Fn(usize) -> JsonError) -> Result<(), JsonError> {
    items.sort_by(|a, b| a.0.cmp(&b.0));
    let same = items.windows(2).find(|pair| pair[0].0 == pair[1].0);
    same.map_or(Ok(()), |pair| Err(twice(pair[1].1)))
}

fn encoded(value: &Cbor) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).expect("a Vec takes every byte");
    bytes
}

fn wide(is_signed: bool, json: &Json, place: &Place<'_>) -> Result<Cbor, JsonError> {
    let text = match json {
        Json::Number(number) => number.to_string(),
        Json::String(text) => text.clone(),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => String::new(),
    };
    let (signed, unsigned) = (text.parse::<i128>().ok(), text.parse::<u128>().ok());
    let is_negative = is_signed && signed.is_some_and(|value| value < 0);
    let magnitude = match signed.filter(|_| is_signed) {
        Some(value) => Some(if value < 0 { !value } else { value }.unsigned_abs()),
        None => unsigned.filter(|_| !is_signed),
    };
    let magnitude = magnitude.ok_or_else(|| mismatch("an integer of 128 bits", json, place))?;
    let tagged = |tag| {
        let digits = magnitude.to_be_bytes();
        let zeros = magnitude.leading_zeros() as usize / 8;
        Cbor::Tag(tag, Box::new(Cbor::Bytes(digits[zeros..].to_vec())))
    };
    Ok(match u64::try_from(magnitude) {
        Ok(number) if is_negative => Cbor::Integer(Integer::try_from(!i128::from(number)).expect("CBOR holds it")),
        Ok(number) => number.into(),
        Err(_) => tagged(if is_negative { 3 } else { 2 }),
    })
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
