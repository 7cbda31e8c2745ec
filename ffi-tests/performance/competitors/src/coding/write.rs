//! Writing.

use super::Order;
use crate::host::{Message, Record};
use std::ffi::{CStr, CString};
use std::marker::PhantomData;

/// A value that can be written.
pub(crate) trait Coded {
    /// How many bytes it takes.
    fn size(&self) -> usize;
    fn write<O: Order>(&self, writer: &mut Writer<'_, O>);
}

/// Writes into a buffer, which has the room.
pub(crate) struct Writer<'a, O> {
    room: &'a mut [u8],
    order: PhantomData<O>,
}

impl<'a, O: Order> Writer<'a, O> {
    /// Fills a buffer with a value that takes it all.
    pub(crate) fn fill(room: &'a mut [u8], value: &(impl Coded + ?Sized)) {
        let mut writer = Self { room, order: PhantomData };
        value.write(&mut writer);
        assert!(writer.room.is_empty(), "the value takes as much as it said");
    }

    fn put(&mut self, bytes: &[u8]) {
        let (place, rest) = std::mem::take(&mut self.room).split_at_mut(bytes.len());
        place.copy_from_slice(bytes);
        self.room = rest;
    }

    fn length(&mut self, length: usize) {
        self.put(&O::length(length as u32));
    }
}

impl Coded for Record {
    fn size(&self) -> usize {
        self.name.size() + self.messages[..].size() + self.tags[..].size() + self.note.size() + self.retries.size()
    }

    fn write<O: Order>(&self, writer: &mut Writer<'_, O>) {
        self.name.write(writer);
        self.messages[..].write(writer);
        self.tags[..].write(writer);
        self.note.write(writer);
        self.retries.write(writer);
    }
}

impl Coded for Message {
    fn size(&self) -> usize {
        self.text.size() + self.delay_ms.size()
    }

    fn write<O: Order>(&self, writer: &mut Writer<'_, O>) {
        self.text.write(writer);
        self.delay_ms.write(writer);
    }
}

impl Coded for CStr {
    fn size(&self) -> usize {
        self.to_bytes().size()
    }

    fn write<O: Order>(&self, writer: &mut Writer<'_, O>) {
        self.to_bytes().write(writer);
    }
}

impl Coded for CString {
    fn size(&self) -> usize {
        self.as_bytes().size()
    }

    fn write<O: Order>(&self, writer: &mut Writer<'_, O>) {
        self.as_bytes().write(writer);
    }
}

impl Coded for i64 {
    fn size(&self) -> usize {
        8
    }

    fn write<O: Order>(&self, writer: &mut Writer<'_, O>) {
        writer.put(&O::number(self.cast_unsigned()));
    }
}

impl Coded for f64 {
    fn size(&self) -> usize {
        8
    }

    fn write<O: Order>(&self, writer: &mut Writer<'_, O>) {
        writer.put(&O::number(self.to_bits()));
    }
}

/// Bytes are written in one piece.
impl Coded for [u8] {
    fn size(&self) -> usize {
        4 + self.len()
    }

    fn write<O: Order>(&self, writer: &mut Writer<'_, O>) {
        writer.length(self.len());
        writer.put(self);
    }
}

impl<T: Coded> Coded for [T] {
    fn size(&self) -> usize {
        4 + self.iter().map(T::size).sum::<usize>()
    }

    fn write<O: Order>(&self, writer: &mut Writer<'_, O>) {
        writer.length(self.len());
        self.iter().for_each(|item| item.write(writer));
    }
}

impl<T: Coded> Coded for Option<T> {
    fn size(&self) -> usize {
        1 + self.as_ref().map_or(0, T::size)
    }

    fn write<O: Order>(&self, writer: &mut Writer<'_, O>) {
        writer.put(&[self.is_some().into()]);
        self.iter().for_each(|value| value.write(writer));
    }
}
