//! Writes CBOR heads and what follows them.

use crate::error::{Fault, Nesting};
use crate::types::FfiType;
use ciborium_ll::{Encoder, Header, simple};

/// Appends CBOR to a buffer.
#[derive(Debug)]
pub struct Writer<'a> {
    buffer: &'a mut Vec<u8>,
    nesting: Nesting,
}

impl<'a> Writer<'a> {
    /// A writer at the end of `buffer`.
    pub fn new(buffer: &'a mut Vec<u8>) -> Self {
        Self { buffer, nesting: Nesting::default() }
    }

    /// Writes a map of `count` entries, one level deeper.
    ///
    /// # Errors
    /// What `fields` returns, or nesting past the limit.
    pub fn record(&mut self, count: usize, fields: impl FnOnce(&mut Self) -> Result<(), Fault>) -> Result<(), Fault> {
        self.nesting.enter()?;
        self.head(Header::Map(Some(count)));
        fields(self)?;
        self.nesting.leave();
        Ok(())
    }

    /// Begins a map of `count` entries that is no level of its own.
    pub(crate) fn map(&mut self, count: usize) {
        self.head(Header::Map(Some(count)));
    }

    /// Writes an array, one level deeper.
    pub(crate) fn list<T: FfiType>(&mut self, items: &[T]) -> Result<(), Fault> {
        self.nesting.enter()?;
        self.head(Header::Array(Some(items.len())));
        for (index, item) in items.iter().enumerate() {
            item.encode(self).map_err(|fault| fault.at_index(index))?;
        }
        self.nesting.leave();
        Ok(())
    }

    /// Writes the key of a field whose mirror is `P`, named for the sake of rustc's messages as
    /// in [`Slot`](super::Slot).
    pub fn key<P>(&mut self, name: &'static str) {
        self.text(name);
    }

    /// Writes text.
    pub fn text(&mut self, text: &str) {
        self.head(Header::Text(Some(text.len())));
        self.buffer.extend_from_slice(text.as_bytes());
    }

    /// Writes a byte string.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.head(Header::Bytes(Some(bytes.len())));
        self.buffer.extend_from_slice(bytes);
    }

    /// Writes an integer in the shortest form.
    pub(crate) fn unsigned(&mut self, value: u64) {
        self.head(Header::Positive(value));
    }

    /// Writes an integer in the shortest form.
    pub(crate) fn signed(&mut self, value: i64) {
        // CBOR writes -1 - n for n; for a negative number that is its bitwise complement.
        self.head(u64::try_from(value).map_or(Header::Negative(!value as u64), Header::Positive));
    }

    /// Writes a float in the shortest form that keeps the value.
    pub(crate) fn float(&mut self, value: f64) {
        self.head(Header::Float(value));
    }

    /// Writes true or false.
    pub(crate) fn bool(&mut self, value: bool) {
        self.head(Header::Simple(if value { simple::TRUE } else { simple::FALSE }));
    }

    /// Writes null.
    pub(crate) fn null(&mut self) {
        self.head(Header::Simple(simple::NULL));
    }

    fn head(&mut self, header: Header) {
        Encoder::from(&mut *self.buffer).push(header).expect("a Vec takes every byte");
    }
}
