//! Reads CBOR into JSON.

use super::cbor::Reader;
use super::tuple::tuple;
use super::variant::Variant;
use super::{Codec, Fault, GREATEST, format, once, times};
use crate::model::{Form, Int, Kind, is_optional};
use ffi_runtime::schema::{DataVariant, Field, Payload, Shape, Type};
use serde_json::{Map, Number, Value as Json};
use std::cell::RefCell;
use std::collections::HashSet;
use std::ops::RangeInclusive;

impl Codec<'_> {
    /// The value of what a function returns, or an event tells: null where that is nothing.
    pub(super) fn optional(self, ty: Option<&Type>, reader: &mut Reader<'_>) -> Result<Json, Fault> {
        match ty {
            Some(ty) => self.to_json(ty, reader),
            None if reader.is_null()? => Ok(Json::Null),
            None => Err(Fault::new("expected null")),
        }
    }

    fn to_json(self, ty: &Type, reader: &mut Reader<'_>) -> Result<Json, Fault> {
        Decoding { codec: self, reader: RefCell::new(reader) }.form(ty)
    }

    fn array(self, item: &Type, reader: &mut Reader<'_>) -> Result<Json, Fault> {
        let mut items = Vec::new();
        each(reader, |index, reader| {
            items.push(self.to_json(item, reader).map_err(|fault| fault.at_index(index))?);
            Ok(())
        })?;
        Ok(Json::Array(items))
    }

    fn named_value(self, name: &str, reader: &mut Reader<'_>) -> Result<Json, Fault> {
        match &self.def(name)?.shape {
            Shape::Enumeration { variants } => {
                let said = reader.text()?;
                let is_known = variants.iter().any(|variant| variant.name == said);
                if is_known { Ok(said.into()) } else { Err(Fault::new(format!("{said:?} is no {name}"))) }
            }
            Shape::Record { fields } => self.record(fields, reader),
            Shape::DataEnum { variants } => self.variant_to_json(name, variants, reader),
        }
    }

    fn variant_to_json(self, name: &str, variants: &[DataVariant], reader: &mut Reader<'_>) -> Result<Json, Fault> {
        let said = Variant::read(reader)?;
        let variant = variants.iter().find(|variant| variant.name == said.name());
        let DataVariant { name, payload, fields, .. } =
            variant.ok_or_else(|| Fault::new(format!("{:?} is no {name}", said.name())))?;
        let value = match payload {
            Payload::Unit => {
                said.nothing(reader)?;
                None
            }
            Payload::Value => Some(said.value(reader, |reader| self.to_json(&fields[0].ty, reader))?),
            Payload::Tuple => {
                let types: Vec<_> = fields.iter().map(|field| &field.ty).collect();
                Some(said.fields(reader, |reader| self.tuple_to_json(&types, reader))?)
            }
            Payload::Fields => Some(said.fields(reader, |reader| self.record(fields, reader))?),
        };
        said.end(reader)?;
        Ok(match value {
            Some(value) => Json::Object(Map::from_iter([(name.clone(), value)])),
            None => Json::String(name.clone()),
        })
    }

    fn tuple_to_json(self, items: &[&Type], reader: &mut Reader<'_>) -> Result<Json, Fault> {
        let mut values = Vec::new();
        tuple(reader, items.len(), |reader, place| {
            let value = self.to_json(items[place], reader).map_err(|fault| fault.at_key(&place.to_string()))?;
            values.push(value);
            Ok(())
        })?;
        Ok(Json::Array(values))
    }

    fn exactly(self, item: &Type, len: u64, reader: &mut Reader<'_>) -> Result<Json, Fault> {
        let len = usize::try_from(len).expect("a length in memory");
        if Kind::of(item) == Kind::of(&Type::U8) {
            let bytes = bytes(reader)?;
            let is_right = bytes.len() == len;
            return if is_right {
                Ok(hex::encode(bytes).into())
            } else {
                Err(Fault::new(format!("expected {len} bytes")))
            };
        }
        let mut values = Vec::new();
        tuple(reader, len, |reader, index| {
            values.push(self.to_json(item, reader).map_err(|fault| fault.at_index(index))?);
            Ok(())
        })?;
        Ok(Json::Array(values))
    }

    fn set_to_json(self, item: &Type, reader: &mut Reader<'_>) -> Result<Json, Fault> {
        let (mut values, mut seen) = (Vec::new(), HashSet::new());
        each(reader, |index, reader| {
            let value = self.to_json(item, reader).map_err(|fault| fault.at_index(index))?;
            if !seen.insert(value.to_string()) {
                return Err(Fault::new("stands twice").at_index(index));
            }
            values.push(value);
            Ok(())
        })?;
        Ok(Json::Array(values))
    }

    fn map_to_json(self, key: &Type, value: &Type, reader: &mut Reader<'_>) -> Result<Json, Fault> {
        let (mut entries, mut seen) = (Vec::new(), HashSet::new());
        let (mut left, mut index) = (reader.map()?, 0);
        while reader.more(&mut left)? {
            let key = self.to_json(key, reader).map_err(|fault| fault.at_key("key").at_index(index))?;
            if !seen.insert(key.to_string()) {
                return Err(Fault::new("stands twice").at_key("key").at_index(index));
            }
            let value = self.to_json(value, reader).map_err(|fault| fault.at_key("value").at_index(index))?;
            entries.push((key, value));
            index += 1;
        }
        if !self.is_text(key) {
            return Ok(entries.into_iter().map(|(key, value)| Json::Array(vec![key, value])).collect());
        }
        let text = |(key, value): (Json, Json)| (key.as_str().unwrap_or_default().to_owned(), value);
        Ok(Json::Object(entries.into_iter().map(text).collect()))
    }

    fn record(self, fields: &[Field], reader: &mut Reader<'_>) -> Result<Json, Fault> {
        let mut found: Vec<Option<Json>> = vec![None; fields.len()];
        let mut keys = reader.map()?;
        while reader.more(&mut keys)? {
            let key = reader.key()?;
            match fields.iter().position(|field| Some(&field.name) == key.as_ref()) {
                Some(at) => once(&mut found[at], &fields[at].name, self.to_json(&fields[at].ty, reader))?,
                None => reader.skip()?,
            }
        }
        let entry = |(field, value): (&Field, Option<Json>)| {
            let absent = is_optional(&field.ty).then_some(Json::Null);
            let value = value.or(absent).ok_or_else(|| Fault::new("is missing").at_key(&field.name))?;
            Ok((field.name.clone(), value))
        };
        fields.iter().zip(found).map(entry).collect::<Result<Map<_, _>, _>>().map(Json::Object)
    }
}

/// Reads a list, each element with its place.
fn each<'b>(
    reader: &mut Reader<'b>,
    mut read: impl FnMut(usize, &mut Reader<'b>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let (mut items, mut index) = (reader.list()?, 0);
    while reader.more(&mut items)? {
        read(index, reader)?;
        index += 1;
    }
    Ok(())
}

/// A value on its way to JSON.
struct Decoding<'d, 'b> {
    codec: Codec<'d>,
    reader: RefCell<&'d mut Reader<'b>>,
}

impl<'t> Form<'t> for Decoding<'_, '_> {
    type Formed = Result<Json, Fault>;

    fn int(&self, int: Int) -> Self::Formed {
        integer(self.reader.borrow_mut().integer()?, &int.limits())
    }

    fn float(&self, bits: u32) -> Self::Formed {
        let mut reader = self.reader.borrow_mut();
        Ok(float(if bits == 32 { reader.single()?.into() } else { reader.float()? }))
    }

    fn bool(&self) -> Self::Formed {
        self.reader.borrow_mut().truth().map(Json::Bool)
    }

    fn char(&self) -> Self::Formed {
        character(&self.reader.borrow_mut().text()?)
    }

    fn text(&self) -> Self::Formed {
        self.reader.borrow_mut().text().map(Json::String)
    }

    fn bytes(&self) -> Self::Formed {
        bytes(&mut self.reader.borrow_mut()).map(|bytes| Json::String(hex::encode(bytes)))
    }

    fn list(&self, item: &'t Type) -> Self::Formed {
        self.codec.array(item, &mut self.reader.borrow_mut())
    }

    fn option(&self, item: &'t Type) -> Self::Formed {
        let is_null = self.reader.borrow_mut().is_null()?;
        if is_null { Ok(Json::Null) } else { self.boxed(item) }
    }

    fn boxed(&self, item: &'t Type) -> Self::Formed {
        self.codec.to_json(item, &mut self.reader.borrow_mut())
    }

    fn wide(&self, is_signed: bool) -> Self::Formed {
        let (is_negative, number) = self.reader.borrow_mut().wide()?;
        let value = i128::try_from(number).ok();
        match (is_signed, is_negative) {
            (false, false) if number > i128::MAX.unsigned_abs() => Ok(Json::String(number.to_string())),
            (false, true) => Err(Fault::new("an integer is out of range")),
            (_, is_negative) => {
                let value = value.ok_or_else(|| Fault::new("an integer is out of range"))?;
                integer(if is_negative { !value } else { value }, &(i128::MIN..=i128::MAX))
            }
        }
    }

    fn duration(&self) -> Self::Formed {
        let (secs, nanos) = times::duration(&mut self.reader.borrow_mut())?;
        Ok(format::duration(secs, nanos).into())
    }

    fn time(&self) -> Self::Formed {
        let (secs, nanos) = times::time(&mut self.reader.borrow_mut())?;
        let counted = || serde_json::json!({ "secs": secs, "nanos": nanos });
        Ok(format::time(secs, nanos).map_or_else(counted, Json::String))
    }

    fn tuple(&self, items: &'t [Type]) -> Self::Formed {
        self.codec.tuple_to_json(&items.iter().collect::<Vec<_>>(), &mut self.reader.borrow_mut())
    }

    fn array(&self, item: &'t Type, len: u64) -> Self::Formed {
        self.codec.exactly(item, len, &mut self.reader.borrow_mut())
    }

    fn map(&self, key: &'t Type, value: &'t Type) -> Self::Formed {
        self.codec.map_to_json(key, value, &mut self.reader.borrow_mut())
    }

    fn set(&self, item: &'t Type) -> Self::Formed {
        self.codec.set_to_json(item, &mut self.reader.borrow_mut())
    }

    fn named(&self, name: &'t str) -> Self::Formed {
        self.codec.named_value(name, &mut self.reader.borrow_mut())
    }
}

/// Bytes, which may stand in a list of integers.
fn bytes(reader: &mut Reader<'_>) -> Result<Vec<u8>, Fault> {
    if !reader.is_list()? {
        return reader.bytes();
    }
    let mut bytes = Vec::new();
    each(reader, |index, reader| {
        let number = reader.integer().map_err(|fault| fault.at_index(index))?;
        let out_of_range = |_| Fault::new(format!("{number} is out of range")).at_index(index);
        bytes.push(u8::try_from(number).map_err(out_of_range)?);
        Ok(())
    })?;
    Ok(bytes)
}

fn integer(number: i128, range: &RangeInclusive<i128>) -> Result<Json, Fault> {
    if !range.contains(&number) {
        return Err(Fault::new(format!("{number} is out of range")));
    }
    let is_exact = (-GREATEST..=GREATEST).contains(&number);
    let exact = if is_exact { Number::from_i128(number) } else { None };
    Ok(exact.map_or_else(|| Json::String(number.to_string()), Json::Number))
}

fn character(text: &str) -> Result<Json, Fault> {
    match text.chars().count() {
        1 => Ok(Json::String(text.to_owned())),
        count => Err(Fault::new(format!("expected one character, found {count}"))),
    }
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
