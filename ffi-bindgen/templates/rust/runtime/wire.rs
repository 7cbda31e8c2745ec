//! The CBOR path: every type's form on the wire, there and back.

use super::cbor::{Reader, Writer};
use super::error::Fault;
use super::shape::{Boxed, Shape};
use super::tuple::{tuple, wrong_length};
use ciborium_ll::{Header, simple};

/// What has a form on the wire.
pub(crate) trait Encode: Shape {
    /// Writes it.
    fn encode(value: &Self::Value, writer: &mut Writer) -> Result<(), Fault>;

    /// Writes several values in a row.
    fn encode_list(values: &[Self::Value], writer: &mut Writer) -> Result<(), Fault> {
        encode_items::<Self>(values, writer)
    }
}

/// What can be read from the wire.
pub(crate) trait Decode: Shape {
    /// Reads it.
    fn decode(reader: &mut Reader<'_>) -> Result<Self::Value, Fault>;

    /// Reads it to where it stays.
    fn decode_boxed(reader: &mut Reader<'_>) -> Result<Box<Self::Value>, Fault> {
        Self::decode(reader).map(Box::new)
    }

    /// Reads it behind others.
    fn decode_onto(values: &mut Vec<Self::Value>, reader: &mut Reader<'_>) -> Result<(), Fault> {
        values.push(Self::decode(reader)?);
        Ok(())
    }

    /// Reads several values in a row.
    fn decode_list(reader: &mut Reader<'_>) -> Result<Vec<Self::Value>, Fault> {
        decode_items::<Self>(reader)
    }

    /// Reads exactly as many values in a row.
    fn decode_exactly(count: usize, reader: &mut Reader<'_>) -> Result<Vec<Self::Value>, Fault> {
        let mut values = Vec::new();
        tuple(reader, count, |reader, index| {
            Self::decode_onto(&mut values, reader).map_err(|fault| fault.at_index(index))
        })?;
        Ok(values)
    }

    /// What a missing key stands for.
    fn missing() -> Result<Self::Value, Fault> {
        Err(Fault::new("missing"))
    }
}

/// Writes the items of a list.
fn encode_items<S: Encode>(values: &[S::Value], writer: &mut Writer) -> Result<(), Fault> {
    writer.head(Header::Array(Some(values.len())));
    let mut items = values.iter().enumerate();
    items.try_for_each(|(index, value)| S::encode(value, writer).map_err(|fault| fault.at_index(index)))
}

/// Reads a value, which is handed on. It may hold others of its own kind, which are read within this frame: a large one
/// is on the heap meanwhile.
pub(super) fn decode_to<S: Decode>(reader: &mut Reader<'_>, to: impl FnOnce(S::Value)) -> Result<(), Fault> {
    if size_of::<S::Value>() > LARGE {
        return S::decode_boxed(reader).map(|value| to(*value));
    }
    decode_small::<S>(reader, to)
}

fn decode_small<S: Decode>(reader: &mut Reader<'_>, to: impl FnOnce(S::Value)) -> Result<(), Fault> {
    S::decode(reader).map(to)
}

/// The most bytes that a reader's frame holds of a value.
const LARGE: usize = 256;

/// Reads the items of a list.
fn decode_items<S: Decode>(reader: &mut Reader<'_>) -> Result<Vec<S::Value>, Fault> {
    let mut items = reader.list()?;
    let mut values = Vec::new();
    while reader.more(&mut items)? {
        let index = values.len();
        S::decode_onto(&mut values, reader).map_err(|fault| fault.at_index(index))?;
    }
    Ok(values)
}

/// Reads bytes that are one value.
pub(crate) fn read<T>(bytes: &[u8], decode: impl FnOnce(&mut Reader<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
    let mut reader = Reader::new(bytes);
    let value = decode(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Reads the payload of this event, which stands in a map beside the event's name.
pub(crate) fn read_event<S: Decode>(event: &str, bytes: &[u8]) -> Result<S::Value, Fault> {
    read(bytes, |reader| {
        let (mut name, mut payload) = (None, None);
        let mut keys = reader.map()?;
        while reader.more(&mut keys)? {
            match reader.key()?.as_deref() {
                Some("eventType") => once(&mut name, "eventType", reader.text())?,
                Some("payload") => once(&mut payload, "payload", reader.afresh(S::decode))?,
                _ => reader.skip()?,
            }
        }
        match name {
            None => Err(Fault::new("missing").at_key("eventType")),
            Some(other) if other != event => Err(Fault::new(format!("another event, {other:?}")).at_key("eventType")),
            Some(_) => payload.ok_or_else(|| Fault::new("missing").at_key("payload")),
        }
    })
}

/// Keeps the value of a key, which may stand once in its map.
pub(crate) fn once<T>(place: &mut Option<T>, key: &str, value: Result<T, Fault>) -> Result<(), Fault> {
    let value = value.map_err(|fault| fault.at_key(key))?;
    if place.replace(value).is_some() { Err(Fault::new("stands twice").at_key(key)) } else { Ok(()) }
}

/// A record's fields while they are read, on the heap: what a record may hold of its own kind is read within the
/// frame of its reader, which therefore is small, however many fields there are.
pub(crate) trait Fields: Default + 'static {
    /// The fields, by their keys.
    const FIELDS: &'static [Field<Self>];

    /// Reads the fields, and what a missing key stands for.
    fn read(reader: &mut Reader<'_>) -> Result<Box<Self>, Fault> {
        let mut fields = Box::<Self>::default();
        let mut keys = reader.map()?;
        while reader.more(&mut keys)? {
            let key = reader.key()?;
            match Self::FIELDS.iter().find(|field| Some(field.key) == key.as_deref()) {
                Some(field) => (field.read)(&mut fields, reader)?,
                None => reader.skip()?,
            }
        }
        for field in Self::FIELDS {
            (field.complete)(&mut fields)?;
        }
        Ok(fields)
    }
}

/// A field of a record.
pub(crate) struct Field<F> {
    pub(crate) key: &'static str,
    pub(crate) read: fn(&mut F, &mut Reader<'_>) -> Result<(), Fault>,
    pub(crate) complete: fn(&mut F) -> Result<(), Fault>,
}

/// Puts what a missing key stands for where its value would be.
pub(crate) fn complete<S: Decode>(place: &mut Option<S::Value>, key: &str) -> Result<(), Fault> {
    if place.is_none() {
        *place = Some(S::missing().map_err(|fault| fault.at_key(key))?);
    }
    Ok(())
}

macro_rules! integers {
    ($($ty:ty)*) => { $(
        impl Encode for $ty {
            fn encode(value: &Self, writer: &mut Writer) -> Result<(), Fault> {
                // No integer is wider than 64 bits.
                writer.integer(*value as i128);
                Ok(())
            }
        }

        impl Decode for $ty {
            fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
                let value = reader.integer()?;
                Self::try_from(value).map_err(|_| Fault::new(format!("{value} is out of range")))
            }
        }
    )* };
}

integers!(i8 i16 i32 i64 isize u16 u32 u64 usize);

impl Encode for u8 {
    fn encode(value: &Self, writer: &mut Writer) -> Result<(), Fault> {
        writer.integer(i128::from(*value));
        Ok(())
    }

    fn encode_list(values: &[Self], writer: &mut Writer) -> Result<(), Fault> {
        writer.bytes(values);
        Ok(())
    }
}

impl Decode for u8 {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let value = reader.integer()?;
        Self::try_from(value).map_err(|_| Fault::new(format!("{value} is out of range")))
    }

    fn decode_list(reader: &mut Reader<'_>) -> Result<Vec<Self>, Fault> {
        if reader.is_list()? { decode_items::<Self>(reader) } else { reader.bytes() }
    }

    fn decode_exactly(count: usize, reader: &mut Reader<'_>) -> Result<Vec<Self>, Fault> {
        let bytes = Self::decode_list(reader)?;
        if bytes.len() == count { Ok(bytes) } else { Err(wrong_length(count)) }
    }
}

impl Encode for f64 {
    fn encode(value: &Self, writer: &mut Writer) -> Result<(), Fault> {
        writer.head(Header::Float(*value));
        Ok(())
    }
}

impl Decode for f64 {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.float()
    }
}

impl Encode for f32 {
    fn encode(value: &Self, writer: &mut Writer) -> Result<(), Fault> {
        f64::encode(&f64::from(*value), writer)
    }
}

impl Decode for f32 {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.single()
    }
}

impl Encode for bool {
    fn encode(value: &Self, writer: &mut Writer) -> Result<(), Fault> {
        writer.head(Header::Simple(if *value { simple::TRUE } else { simple::FALSE }));
        Ok(())
    }
}

impl Decode for bool {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.truth()
    }
}

impl Encode for char {
    fn encode(value: &Self, writer: &mut Writer) -> Result<(), Fault> {
        writer.text(value.encode_utf8(&mut [0; 4]));
        Ok(())
    }
}

impl Decode for char {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let text = reader.text()?;
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(char), None) => Ok(char),
            _ => Err(Fault::new("expected one character")),
        }
    }
}

impl Decode for () {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        if reader.is_null()? { Ok(()) } else { Err(Fault::new("expected null")) }
    }
}

impl Encode for &str {
    fn encode(value: &Self, writer: &mut Writer) -> Result<(), Fault> {
        writer.text(value);
        Ok(())
    }
}

impl Encode for String {
    fn encode(value: &Self, writer: &mut Writer) -> Result<(), Fault> {
        writer.text(value);
        Ok(())
    }
}

impl Decode for String {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.text()
    }
}

impl<S: Encode> Encode for &[S] {
    fn encode(value: &Self::Value, writer: &mut Writer) -> Result<(), Fault> {
        S::encode_list(value, writer)
    }
}

impl<S: Encode> Encode for Vec<S> {
    fn encode(value: &Self::Value, writer: &mut Writer) -> Result<(), Fault> {
        S::encode_list(value, writer)
    }
}

impl<S: Decode> Decode for Vec<S> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self::Value, Fault> {
        S::decode_list(reader)
    }
}

impl<S: Encode> Encode for Option<S> {
    fn encode(value: &Self::Value, writer: &mut Writer) -> Result<(), Fault> {
        match value {
            Some(value) => S::encode(value, writer),
            None => {
                writer.head(Header::Simple(simple::NULL));
                Ok(())
            }
        }
    }
}

impl<S: Decode> Decode for Option<S> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self::Value, Fault> {
        if reader.is_null()? { Ok(None) } else { S::decode(reader).map(Some) }
    }

    fn decode_boxed(reader: &mut Reader<'_>) -> Result<Box<Self::Value>, Fault> {
        if reader.is_null()? { Ok(Box::default()) } else { S::decode_boxed(reader).map(|it| Box::new(Some(*it))) }
    }

    fn decode_onto(values: &mut Vec<Self::Value>, reader: &mut Reader<'_>) -> Result<(), Fault> {
        if reader.is_null()? {
            values.resize_with(values.len() + 1, || None);
            return Ok(());
        }
        decode_to::<S>(reader, |value| values.push(Some(value)))
    }

    fn missing() -> Result<Self::Value, Fault> {
        Ok(None)
    }
}

impl<S: Encode> Encode for &S {
    fn encode(value: &Self::Value, writer: &mut Writer) -> Result<(), Fault> {
        S::encode(value, writer)
    }
}

impl<S: Encode> Encode for Boxed<S> {
    fn encode(value: &Self::Value, writer: &mut Writer) -> Result<(), Fault> {
        S::encode(value, writer)
    }
}

impl<S: Encode> Encode for Box<S> {
    fn encode(value: &Self::Value, writer: &mut Writer) -> Result<(), Fault> {
        S::encode(value, writer)
    }
}

impl<S: Decode> Decode for Box<S> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self::Value, Fault> {
        S::decode_boxed(reader)
    }
}
