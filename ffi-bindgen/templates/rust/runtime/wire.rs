//! The CBOR path: every type's form on the wire, there and back.

use super::cbor::{Reader, Writer};
use super::error::Fault;
use super::native::Boxed;
use ciborium_ll::{Header, simple};

/// What has a form on the wire.
pub(crate) trait Encode {
    /// Writes it.
    fn encode(&self, writer: &mut Writer);

    /// Writes several values in a row.
    fn encode_list(values: &[Self], writer: &mut Writer)
    where
        Self: Sized,
    {
        writer.head(Header::Array(Some(values.len())));
        values.iter().for_each(|value| value.encode(writer));
    }
}

/// What can be read from the wire.
pub(crate) trait Decode: Sized {
    /// Reads it.
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault>;

    /// Reads it to where it stays.
    fn decode_boxed(reader: &mut Reader<'_>) -> Result<Box<Self>, Fault> {
        Self::decode(reader).map(Box::new)
    }

    /// Reads it behind others.
    fn decode_onto(values: &mut Vec<Self>, reader: &mut Reader<'_>) -> Result<(), Fault> {
        values.push(Self::decode(reader)?);
        Ok(())
    }

    /// Reads several values in a row.
    fn decode_list(reader: &mut Reader<'_>) -> Result<Vec<Self>, Fault> {
        decode_items(reader)
    }

    /// What a missing key stands for.
    fn missing() -> Result<Self, Fault> {
        Err(Fault::new("missing"))
    }
}

/// Reads the items of a list.
fn decode_items<T: Decode>(reader: &mut Reader<'_>) -> Result<Vec<T>, Fault> {
    let mut items = reader.list()?;
    let mut values = Vec::new();
    while reader.more(&mut items)? {
        let index = values.len();
        T::decode_onto(&mut values, reader).map_err(|fault| fault.at_index(index))?;
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
pub(crate) fn read_event<T: Decode>(event: &str, bytes: &[u8]) -> Result<T, Fault> {
    read(bytes, |reader| {
        let (mut name, mut payload) = (None, None);
        let mut keys = reader.map()?;
        while reader.more(&mut keys)? {
            match reader.key()?.as_deref() {
                Some("eventType") => once(&mut name, "eventType", reader.text())?,
                Some("payload") => once(&mut payload, "payload", reader.afresh(T::decode))?,
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
pub(crate) fn complete<T: Decode>(place: &mut Option<T>, key: &str) -> Result<(), Fault> {
    if place.is_none() {
        *place = Some(T::missing().map_err(|fault| fault.at_key(key))?);
    }
    Ok(())
}

macro_rules! integers {
    ($($ty:ty)*) => { $(
        impl Encode for $ty {
            fn encode(&self, writer: &mut Writer) {
                // No integer is wider than 64 bits.
                writer.integer(*self as i128);
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
    fn encode(&self, writer: &mut Writer) {
        writer.integer(i128::from(*self));
    }

    fn encode_list(values: &[Self], writer: &mut Writer) {
        writer.bytes(values);
    }
}

impl Decode for u8 {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let value = reader.integer()?;
        Self::try_from(value).map_err(|_| Fault::new(format!("{value} is out of range")))
    }

    fn decode_list(reader: &mut Reader<'_>) -> Result<Vec<Self>, Fault> {
        if reader.is_list()? { decode_items(reader) } else { reader.bytes() }
    }
}

impl Encode for f64 {
    fn encode(&self, writer: &mut Writer) {
        writer.head(Header::Float(*self));
    }
}

impl Decode for f64 {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.float()
    }
}

impl Encode for f32 {
    fn encode(&self, writer: &mut Writer) {
        f64::from(*self).encode(writer);
    }
}

impl Decode for f32 {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.single()
    }
}

impl Encode for bool {
    fn encode(&self, writer: &mut Writer) {
        writer.head(Header::Simple(if *self { simple::TRUE } else { simple::FALSE }));
    }
}

impl Decode for bool {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.truth()
    }
}

impl Encode for char {
    fn encode(&self, writer: &mut Writer) {
        writer.text(self.encode_utf8(&mut [0; 4]));
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

impl Encode for str {
    fn encode(&self, writer: &mut Writer) {
        writer.text(self);
    }
}

impl Encode for String {
    fn encode(&self, writer: &mut Writer) {
        writer.text(self);
    }
}

impl Decode for String {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.text()
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, writer: &mut Writer) {
        T::encode_list(self, writer);
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, writer: &mut Writer) {
        T::encode_list(self, writer);
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        T::decode_list(reader)
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.encode(writer),
            None => writer.head(Header::Simple(simple::NULL)),
        }
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        if reader.is_null()? { Ok(None) } else { T::decode(reader).map(Some) }
    }

    fn missing() -> Result<Self, Fault> {
        Ok(None)
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, writer: &mut Writer) {
        (**self).encode(writer);
    }
}

impl<T: Encode> Encode for Boxed<T> {
    fn encode(&self, writer: &mut Writer) {
        self.0.encode(writer);
    }
}

impl<T: Encode> Encode for Box<T> {
    fn encode(&self, writer: &mut Writer) {
        (**self).encode(writer);
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        T::decode_boxed(reader)
    }
}
