//! Reading.

use super::Order;
use crate::host::{Message, Record, own_text};
use std::ffi::CString;
use std::marker::PhantomData;

/// Reads what a buffer holds.
pub(crate) struct Reader<'a, O> {
    rest: &'a [u8],
    order: PhantomData<O>,
}

impl<'a, O: Order> Reader<'a, O> {
    /// Reads a value, after which nothing is left.
    pub(crate) fn all<R>(bytes: &'a [u8], read: impl FnOnce(&mut Self) -> R) -> R {
        let mut reader = Self { rest: bytes, order: PhantomData };
        let value = read(&mut reader);
        assert!(reader.rest.is_empty(), "junk after the value");
        value
    }

    pub(crate) fn bytes(&mut self) -> &'a [u8] {
        let length = self.length();
        self.take(length)
    }

    pub(crate) fn numbers(&mut self) -> Vec<f64> {
        self.list(|reader| f64::from_bits(O::to_number(reader.array())))
    }

    pub(crate) fn record(&mut self) -> Record {
        Record {
            name: self.text(),
            messages: self.list(|reader| Message { text: reader.text(), delay_ms: reader.number() }),
            tags: self.list(Self::text),
            note: self.option(Self::text),
            retries: self.option(Self::number),
        }
    }

    fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    fn array<const N: usize>(&mut self) -> [u8; N] {
        self.take(N).try_into().expect("it has this length")
    }

    fn length(&mut self) -> usize {
        O::to_length(self.array()) as usize
    }

    fn number(&mut self) -> i64 {
        O::to_number(self.array()).cast_signed()
    }

    fn text(&mut self) -> CString {
        own_text(self.bytes())
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let length = self.length();
        (0..length).map(|_| item(self)).collect()
    }

    fn option<T>(&mut self, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.array() != [0]).then(|| value(self))
    }
}
